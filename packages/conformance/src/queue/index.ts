import { registerCases, type Skipped } from '../register-cases.js'
import type { Runner } from '../runner.js'
import { type QueueUnderTest, within } from './bench.js'
import { queueCases } from './cases.js'

export type { QueueBench, QueueUnderTest } from './bench.js'
export { queueCases } from './cases.js'

export interface QueueConformanceOptions {
  readonly runner: Runner
  /** A new, empty queue for each case. */
  readonly create: () => Promise<QueueUnderTest>
  /** How long a case waits for a ring before it calls it forgotten. Default 2,000. */
  readonly patienceMs?: number
  /** Cases left out. Each needs a reason, which stands in the title of the suite. */
  readonly skip?: readonly Skipped[]
}

/** Registers one test for each promise of the queue port. A case's id is its title and stays the same from version to version. */
export const queueConformance = (options: QueueConformanceOptions): void => {
  const { runner, create, patienceMs = 2_000, skip = [] } = options
  registerCases({
    title: 'queue',
    runner,
    cases: queueCases,
    skip,
    runOn: async (one) => {
      const made = await create()
      try {
        await one.run({ ...made, expect: runner.expect, patienceMs })
      } finally {
        // A queue that cannot close has failed its case already.
        await within(patienceMs, 'close', made.queue.close({ drainMs: 0 })).catch(() => undefined)
        await made.dispose?.()
      }
    },
  })
}
