/** TSK-12: how long an operator that asked for less is left alone by one source address; the figure core uses for a recipient's provider. */
export const REST_MS = 10 * 60_000
const FIRST_PAUSE_MS = 15_000
const LONGEST_PAUSE_MS = 10 * 60_000

/** What one source address may expect of a host or of a whole group. */
export interface Standing {
  /** Connections at once. One as long as nothing was answered: a host that is stuck then holds one mail, not all that may go to it. */
  readonly limit: number
  /** In a row. */
  readonly failures: number
  /** Nothing is tried before. */
  readonly restUntil: number
}

export const unproven: Standing = { limit: 1, failures: 0, restUntil: 0 }

/** It answered, whatever it said. */
export const afterAnswer = ({ limit }: Standing, most: number): Standing => ({
  limit: Math.min(most, limit * 2),
  failures: 0,
  restUntil: 0,
})

/** It was not reached: back to one connection, after 15 s, 30 s … 10 min. */
export const afterFailure = ({ failures }: Standing, now: number): Standing => ({
  limit: 1,
  failures: failures + 1,
  restUntil: now + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 10)),
})

/** It asked for less mail (421 and its like). */
export const afterRateLimit = (now: number): Standing => ({ limit: 1, failures: 0, restUntil: now + REST_MS })
