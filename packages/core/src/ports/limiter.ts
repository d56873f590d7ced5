export interface TakeTokens {
  /** What is limited, for instance `account:acme`. */
  readonly key: string
  readonly perSecond: number
  /** Tokens wanted at once; take them in chunks, never one by one on the batch path. At most `perSecond`. */
  readonly count: number
}

/** Hands out tokens of a one-second window. */
export interface Limiter {
  readonly name: string
  readonly capabilities: { readonly shared: boolean }
  /**
   * Resolves when `count` tokens of `key` are granted: within any second at most `perSecond` are, over all callers (and over
   * all processes if `shared`). Rejects with the signal's reason if it aborts first; then nothing was taken.
   */
  take(request: TakeTokens, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}
