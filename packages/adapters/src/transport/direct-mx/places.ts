/** A place, or why there is none. `stuck`: nothing there moves; `crowded`: it moves, and more wait already than can come to turn in time. */
export type Place = 'taken' | 'stuck' | 'crowded' | 'aborted'

/** How soon who was sent away may come again. */
const LEAST_MS = 1_000
const MOST_MS = 10 * 60_000

export interface PlacesOptions {
  /** How many there are; asked each time. */
  readonly limit: () => number
  /** How long one waits. */
  readonly patienceMs: number
  readonly now: () => number
}

/**
 * What may go on at once, and who waits for it. Waiters come to turn in their order; where nothing moves they are sent away, and where it moves slowly those
 * who would wait too long: so neither a peer that is stuck nor one that takes a mail now and then holds more mail than it takes (T29).
 */
export interface Places<T extends string = never> {
  take(signal: AbortSignal): Promise<Place | T>
  /** Of one that was taken. */
  give(): void
  /** There may be more of them now. */
  admit(): void
  sendAway(why: Place | T): void
  /** Sends away who waits for too long; to be called from time to time. */
  look(): void
  /** When who has just been sent away should come again: where nothing moves ever later, else one after the other at the pace of the place. */
  comeAgainMs(): number
  readonly busy: number
  /** When one was taken from none, or given back. */
  readonly movedAt: number
}

interface Waiter<P> {
  readonly leave: (place: P) => void
  readonly since: number
  /** How many had come to turn when it began to wait. */
  readonly admitted: number
}

export const places = <T extends string = never>({ limit, patienceMs, now }: PlacesOptions): Places<T> => {
  /** Longest first. */
  const waiting = new Set<Waiter<Place | T>>()
  let busy = 0
  let movedAt = now()
  let admitted = 0
  /** How many may wait. As many as came to turn in the time that one waits, once somebody had to wait so long. */
  let room = Number.POSITIVE_INFINITY
  /** When the last one that was sent away comes again. */
  let tail = 0

  const admit = (): void => {
    for (const waiter of waiting) {
      if (busy >= limit()) return
      busy += 1
      admitted += 1
      waiter.leave('taken')
    }
    room = Number.POSITIVE_INFINITY
  }
  const sendAway = (why: Place | T, from = 0): void => {
    for (const waiter of [...waiting].slice(from)) waiter.leave(why)
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
      if (waiting.size >= room) return 'crowded'
      return new Promise((resolve) => {
        const leave = (place: Place | T): void => {
          waiting.delete(waiter)
          signal.removeEventListener('abort', abort)
          resolve(place)
        }
        const abort = () => leave('aborted')
        const waiter = { leave, since: now(), admitted }
        signal.addEventListener('abort', abort, { once: true })
        waiting.add(waiter)
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
      if (isStuck()) return sendAway('stuck')
      const [first] = waiting
      if (first === undefined || now() - first.since <= patienceMs) return
      room = Math.max(limit(), admitted - first.admitted)
      sendAway('crowded', room)
    },
    comeAgainMs() {
      if (isStuck()) return Math.min(MOST_MS, Math.max(LEAST_MS, now() - movedAt))
      tail = Math.min(now() + MOST_MS, Math.max(tail, now() + Math.max(LEAST_MS, patienceMs)) + patienceMs / room)
      return tail - now()
    },
    get busy() {
      return busy
    },
    get movedAt() {
      return movedAt
    },
  }
}
