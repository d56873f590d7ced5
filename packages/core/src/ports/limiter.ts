export interface TakeTokens {
  /** What is limited, for instance `account:acme`. */
  readonly key: string
  readonly perSecond: number
  /**
   * Milliseconds in any of which at most `perSecond` tokens are granted; 1,000 if left out. Who may use a token some time after its grant asks for a
   * window that is longer by that time: then no second holds more than `perSecond` uses.
   */
  readonly windowMs?: number
  /** Tokens wanted at once; take them in chunks, never one by one on the batch path. At most `perSecond`. */
  readonly count: number
}

/** Hands out tokens of a window, a second if nothing else is said. */
export interface Limiter {
  readonly name: string
  readonly capabilities: { readonly shared: boolean }
  /**
   * Resolves when `count` tokens of `key` are granted: within any window at most `perSecond` are, over all callers (and over
   * all processes if `shared`). Rejects with the signal's reason if it aborts first; then nothing was taken.
   * In the order of the calls of one process. @throws INPUT_INVALID; SERVICE_STOPPED at `close`; what its storage or server throws, and then grants nothing.
   */
  take(request: TakeTokens, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}
