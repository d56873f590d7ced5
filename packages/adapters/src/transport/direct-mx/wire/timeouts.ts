const MINUTE_MS = 60_000

/** How long one waits for each answer (RFC 5321 §4.5.3.2). */
export interface Timeouts {
  readonly greetingMs: number
  readonly commandMs: number
  readonly tlsMs: number
  readonly dataMs: number
  /** For the answer to the final dot: giving up too early is what doubles mail. */
  readonly endMs: number
}

export const rfcTimeouts: Timeouts = {
  greetingMs: 5 * MINUTE_MS,
  commandMs: 5 * MINUTE_MS,
  tlsMs: 2 * MINUTE_MS,
  dataMs: 2 * MINUTE_MS,
  endMs: 10 * MINUTE_MS,
}
