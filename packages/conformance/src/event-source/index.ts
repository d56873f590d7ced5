import { registerCases, type Skipped } from '../register-cases.js'
import type { Runner } from '../runner.js'
import type { EventSourceUnderTest } from './bench.js'
import { eventSourceCases } from './cases.js'

export type { EventSample, EventSourceBench, EventSourceUnderTest, RelayUnderTest } from './bench.js'
export { eventSourceCases } from './cases.js'

export interface EventSourceConformanceOptions {
  readonly runner: Runner
  /** A new source for each case, and requests that its provider would send. */
  readonly create: () => Promise<EventSourceUnderTest>
  /** Cases left out. Each needs a reason, which stands in the title of the suite: what a provider does not sign cannot be checked. */
  readonly skip?: readonly Skipped[]
}

/** Registers one test for each promise of the event source port. A case's id is its title and stays the same from version to version. */
export const eventSourceConformance = ({ runner, create, skip = [] }: EventSourceConformanceOptions): void =>
  registerCases({
    title: 'event source',
    runner,
    cases: eventSourceCases,
    skip,
    runOn: async (one) => one.run({ ...(await create()), expect: runner.expect }),
  })
