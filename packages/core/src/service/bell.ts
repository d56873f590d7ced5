/** Wakes whoever waits for work of a kind. A ring that nobody hears is kept for the next one who listens. */
export interface Bell {
  ring(kind: string): void
  /** Resolves at the next ring of one of the kinds, or when the signal aborts. */
  wait(kinds: readonly string[], signal: AbortSignal): Promise<void>
}

export function createBell(): Bell {
  const rung = new Set<string>()
  const waiters = new Set<{ readonly kinds: readonly string[]; readonly wake: () => void }>()
  return {
    ring(kind) {
      let heard = false
      for (const waiter of waiters) {
        if (!waiter.kinds.includes(kind)) continue
        heard = true
        waiter.wake()
      }
      if (!heard) rung.add(kind)
    },
    wait(kinds, signal) {
      const missed = kinds.filter((kind) => rung.delete(kind))
      if (missed.length > 0 || signal.aborted) return Promise.resolve()
      return new Promise((resolve) => {
        const waiter = { kinds, wake: done }
        function done() {
          waiters.delete(waiter)
          signal.removeEventListener('abort', done)
          resolve()
        }
        waiters.add(waiter)
        signal.addEventListener('abort', done, { once: true })
      })
    },
  }
}
