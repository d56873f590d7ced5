import type { QueueOrder } from '../queues.js'

/** The servers a scenario may use; it makes a schema of its own there, or starts a private server where it has to break one. */
export interface Place {
  readonly postgresUrl: string
  readonly redisUrl: string | null
  /** The path of redis-server. */
  readonly redisProgram: string | null
}

/** What of a run does not depend on the fault. */
export interface Given {
  readonly place: Place
  readonly seed: number
  readonly queue: QueueOrder | undefined
}

/** What came of it: one line of the table. */
export interface Report {
  /** How often it was done to the service. */
  readonly faults: number
  /** Mails promised, or calls made. */
  readonly promises: number
  readonly lost: number
  readonly unexpected: number
  readonly doubled: number
  readonly doubledAllowed: number
  /** Empty: every promise was kept. */
  readonly problems: readonly string[]
  /** Worth knowing, such as how long it took to go on. */
  readonly notes: readonly string[]
}

export interface Scenario<Size> {
  /** Of reliability.md: F1, C3. */
  readonly id: string
  readonly about: string
  /** What fits into every run of the tests. */
  readonly ci: Size
  /** What is asked before anybody is told that it is ready. */
  readonly acceptance: Size
  run(given: Given, size: Size): Promise<Report>
}

export interface ListedScenario {
  readonly id: string
  readonly about: string
  run(given: Given, size: 'ci' | 'acceptance'): Promise<Report>
}

/** Hides the scenario's own kind of size, so that scenarios of any kind stand in one list. */
export const listed = <Size>(scenario: Scenario<Size>): ListedScenario => ({
  id: scenario.id,
  about: scenario.about,
  run: (given, size) => scenario.run(given, scenario[size]),
})
