import { afterAnswer, afterRateLimit, type Standing, unproven } from './standing.js'

/** A place among the connections of a group, or why there is none. `stuck`: nothing there has moved for longer than one waits. */
export type Place = 'taken' | 'resting' | 'stuck' | 'aborted'

export interface DestinationOptions {
  /** Connections at once, once it has answered. */
  readonly most: number
  /** How long a mail waits at a group where nothing moves. */
  readonly patienceMs: number
  readonly now: () => number
}

/**
 * One group of MX hosts as seen from one source address: how many connections it may have, and who waits for one. Waiters come to turn in their order; where
 * nothing moves they are sent away, so that a peer that is stuck holds no mail but the one it has (T29).
 */
export interface Destination {
  take(signal: AbortSignal): Promise<Place>
  /** Of a place that was taken. */
  give(): void
  answered(): void
  rateLimited(): void
  /** Sends the waiters away if nothing moves; to be called from time to time. */
  look(): void
  /** Places that are taken. */
  readonly busy: number
  /** Nobody is there or waits, and there is nothing to remember. */
  readonly idle: boolean
}

export const destination = ({ most, patienceMs, now }: DestinationOptions): Destination => {
  let standing: Standing = unproven
  let busy = 0
  let movedAt = now()
  const waiting = new Set<(place: Place) => void>()

  const admit = (): void => {
    for (const enter of waiting) {
      if (busy >= standing.limit) return
      busy += 1
      enter('taken')
    }
  }
  const sendAway = (place: Place): void => {
    for (const leave of waiting) leave(place)
  }
  const isStuck = (): boolean => busy >= standing.limit && now() - movedAt > patienceMs

  return {
    async take(signal) {
      if (signal.aborted) return 'aborted'
      if (standing.restUntil > now()) return 'resting'
      if (busy < standing.limit) {
        if (busy === 0) movedAt = now()
        busy += 1
        return 'taken'
      }
      if (isStuck()) return 'stuck'
      return new Promise((resolve) => {
        const settle = (place: Place): void => {
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
    answered() {
      // An answer to a mail that left before the rest began does not end it.
      if (standing.restUntil > now()) return
      standing = afterAnswer(standing, most)
      movedAt = now()
      admit()
    },
    rateLimited() {
      standing = afterRateLimit(now())
      sendAway('resting')
    },
    look() {
      if (isStuck()) sendAway('stuck')
    },
    get busy() {
      return busy
    },
    get idle() {
      return busy === 0 && waiting.size === 0 && standing.restUntil <= now()
    },
  }
}
