import { registerCases, type Skipped } from '../register-cases.js'
import type { Runner } from '../runner.js'
import type { LimiterUnderTest } from './bench.js'
import { limiterCases } from './cases.js'

export type { LimiterBench, LimiterUnderTest } from './bench.js'
export { limiterCases } from './cases.js'

export interface LimiterConformanceOptions {
  readonly runner: Runner
  /** A new limiter, with no token out, for each case. */
  readonly create: () => Promise<LimiterUnderTest>
  /** How long a case waits for what is promised, in real milliseconds. Default 20,000. */
  readonly patienceMs?: number
  /** Cases left out. Each needs a reason, which stands in the title of the suite. */
  readonly skip?: readonly Skipped[]
}

/** Registers one test for each promise of the limiter port. A case's id is its title and stays the same from version to version. */
export const limiterConformance = (options: LimiterConformanceOptions): void => {
  const { runner, create, patienceMs = 20_000, skip = [] } = options
  registerCases({
    title: 'limiter',
    runner,
    cases: limiterCases,
    skip,
    runOn: async (one) => {
      const made = await create()
      try {
        await one.run({ ...made, expect: runner.expect, patienceMs })
      } finally {
        // One that cannot close has failed its case already.
        await Promise.allSettled([made.limiter.close(), made.other?.close()])
        await made.dispose?.()
      }
    },
  })
}
