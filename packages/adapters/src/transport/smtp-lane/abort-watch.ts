/** Calls back when a signal aborts; answers the way to call it off. */
export type AbortWatch = (signal: AbortSignal, call: () => void) => () => void

interface Watched {
  readonly calls: Set<() => void>
  readonly aborted: () => void
}

/** One listener a signal, however many mails wait for it: thousands share the one of their service. */
export const createAbortWatch = (): AbortWatch => {
  const watched = new WeakMap<AbortSignal, Watched>()
  const watchedOf = (signal: AbortSignal): Watched => {
    const known = watched.get(signal)
    if (known !== undefined) return known
    const calls = new Set<() => void>()
    const aborted = () => {
      for (const call of [...calls]) call()
    }
    const entry: Watched = { calls, aborted }
    watched.set(signal, entry)
    return entry
  }
  return (signal, call) => {
    const { calls, aborted } = watchedOf(signal)
    // While mail flows somebody is always waiting; between mails nothing holds on to a signal.
    if (calls.size === 0) signal.addEventListener('abort', aborted)
    calls.add(call)
    return () => {
      if (calls.delete(call) && calls.size === 0) signal.removeEventListener('abort', aborted)
    }
  }
}
