/** A place, or why there is none. `stuck`: nothing there has moved for longer than one waits. */
export type Place = 'taken' | 'stuck' | 'aborted'

export interface PlacesOptions {
  /** How many there are; asked each time. */
  readonly limit: () => number
  /** How long one waits where nothing moves. */
  readonly patienceMs: number
  readonly now: () => number
}

/**
 * What may go on at once, and who waits for it. Waiters come to turn in their order; where nothing moves they are sent away, so that a peer that is stuck holds
 * no mail but those it has (T29).
 */
export interface Places<T extends string = never> {
  take(signal: AbortSignal): Promise<Place | T>
  /** Of one that was taken. */
  give(): void
  /** There may be more of them now. */
  admit(): void
  sendAway(why: Place | T): void
  /** Sends the waiters away if nothing moves; to be called from time to time. */
  look(): void
  readonly busy: number
  /** When one was taken from none, or given back. */
  readonly movedAt: number
}

export const places = <T extends string = never>({ limit, patienceMs, now }: PlacesOptions): Places<T> => {
  const waiting = new Set<(place: Place | T) => void>()
  let busy = 0
  let movedAt = now()

  const admit = (): void => {
    for (const enter of waiting) {
      if (busy >= limit()) return
      busy += 1
      enter('taken')
    }
  }
  const sendAway = (why: Place | T): void => {
    for (const leave of waiting) leave(why)
  }
  const isStuck = (): boolean => busy >= limit() && now() - movedAt > patienceMs

  return {
    async take(signal) {
      if (signal.aborted) return 'aborted'
      if (busy < limit()) {
        if (busy === 0) movedAt = now()
        busy += 1
        return 'taken'
      }
      if (isStuck()) return 'stuck'
      return new Promise((resolve) => {
        const settle = (place: Place | T): void => {
          waiting.delete(settle)
          signal.removeEventListener('abort', abort)
          resolve(place)
        }
        const abort = () => settle('aborted')
        signal.addEventListener('abort', abort, { once: true })
        waiting.add(settle)
      })
    },
    give() {
      busy -= 1
      movedAt = now()
      admit()
    },
    admit() {
      movedAt = now()
      admit()
    },
    sendAway,
    look() {
      if (isStuck()) sendAway('stuck')
    },
    get busy() {
      return busy
    },
    get movedAt() {
      return movedAt
    },
  }
}
