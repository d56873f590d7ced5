/** RFC 8305 §5: the next address is tried after so long, or as soon as the one before has failed. */
export const ATTEMPT_DELAY_MS = 250

export type Raced<T> =
  | { readonly type: 'won'; readonly value: T }
  | { readonly type: 'failed'; readonly errors: readonly unknown[] }

/**
 * Tries the candidates one after the other without waiting for the slow ones. The first to succeed wins; what comes of the others later is given to `drop`, and
 * their signal is aborted. Fails with all errors, in their order, when all have failed.
 */
export const race = <C, T>(
  candidates: readonly C[],
  attempt: (candidate: C, signal: AbortSignal) => Promise<T>,
  {
    drop,
    signal,
    delayMs = ATTEMPT_DELAY_MS,
  }: { readonly drop: (late: T) => void; readonly signal: AbortSignal; readonly delayMs?: number },
): Promise<Raced<T>> =>
  new Promise((resolve) => {
    const end = new AbortController()
    const errors: unknown[] = []
    let started = 0
    let over = false
    let timer: NodeJS.Timeout | undefined

    const finish = (result: Raced<T>): void => {
      if (over) return
      over = true
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      end.abort()
      resolve(result)
    }
    const abort = () => finish({ type: 'failed', errors: [new Error('aborted')] })
    const next = (): void => {
      clearTimeout(timer)
      const candidate = candidates[started]
      if (over || candidate === undefined) return
      started += 1
      attempt(candidate, end.signal).then(
        (value) => {
          if (over) drop(value)
          else finish({ type: 'won', value })
        },
        (error: unknown) => {
          errors.push(error)
          if (errors.length === candidates.length) finish({ type: 'failed', errors })
          else next()
        },
      )
      timer = setTimeout(next, delayMs)
    }

    signal.addEventListener('abort', abort, { once: true })
    if (signal.aborted || candidates.length === 0) abort()
    else next()
  })
