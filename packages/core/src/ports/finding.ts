/** One thing the operator should know, and what to do about it. */
export interface Finding {
  readonly level: 'warning' | 'error'
  /** Stable, upper snake case. */
  readonly code: string
  readonly message: string
  readonly fix: string
  /** Which: ids and names, never a person's address. */
  readonly details?: Readonly<Record<string, unknown>>
}
