/** Calls back when a signal aborts; answers the way to call it off. */
export type AbortWatch = (signal: AbortSignal, call: () => void) => () => void

interface Watcher {
  readonly call: () => void
  /** Where it stands among those of its signal. */
  place: number
}

interface Watched {
  /** No Set: one that is filled and emptied for ever leaves tables behind, and with them all that was ever in it, until the next full collection. */
  readonly watchers: Watcher[]
  readonly aborted: () => void
}

/** One listener a signal, however many mails wait for it: thousands share the one of their service. */
export const createAbortWatch = (): AbortWatch => {
  const watched = new WeakMap<AbortSignal, Watched>()
  const watchedOf = (signal: AbortSignal): Watched => {
    const known = watched.get(signal)
    if (known !== undefined) return known
    const watchers: Watcher[] = []
    const aborted = () => {
      for (const { call } of [...watchers]) call()
    }
    const entry: Watched = { watchers, aborted }
    watched.set(signal, entry)
    return entry
  }
  return (signal, call) => {
    const { watchers, aborted } = watchedOf(signal)
    // While mail flows somebody is always waiting; between mails nothing holds on to a signal.
    if (watchers.length === 0) signal.addEventListener('abort', aborted)
    const watcher: Watcher = { call, place: watchers.length }
    watchers.push(watcher)
    return () => {
      if (watchers[watcher.place] !== watcher) return
      const last = watchers.pop()
      if (last !== undefined && last !== watcher) {
        last.place = watcher.place
        watchers[last.place] = last
      }
      if (watchers.length === 0) signal.removeEventListener('abort', aborted)
    }
  }
}
