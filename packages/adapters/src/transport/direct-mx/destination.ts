import { type Place, places } from './places.js'
import { afterAnswer, afterRateLimit, type Standing, unproven } from './standing.js'

/** What is known of a group is forgotten when nothing has gone there for so long. */
const REMEMBERED_MS = 10 * 60_000

export interface DestinationOptions {
  /** Connections at once, once it has answered. */
  readonly most: number
  /** How long a mail waits at a group. */
  readonly patienceMs: number
  readonly now: () => number
}

/** One group of MX hosts as seen from one source address: how many connections it may have, and who waits for one. */
export interface Destination {
  take(signal: AbortSignal): Promise<Place | 'resting'>
  /** Of a place that was taken. */
  give(): void
  answered(): void
  rateLimited(): void
  /** Sends away who waits for too long; to be called from time to time. */
  look(): void
  /** When who has just been sent away should come again. */
  comeAgainMs(): number
  readonly busy: number
  /** It has answered before. */
  readonly proven: boolean
  /** Nobody is there, and it does not rest: to forget it would only make it unproven again. */
  readonly idle: boolean
  /** The same for so long that nothing of it is worth remembering. */
  readonly forgettable: boolean
}

export const destination = ({ most, patienceMs, now }: DestinationOptions): Destination => {
  let standing: Standing = unproven
  let proven = false
  const isIdle = (): boolean => connections.busy === 0 && standing.restUntil <= now()
  const connections = places<'resting'>({ limit: () => standing.limit, patienceMs, now })
  return {
    async take(signal) {
      if (!signal.aborted && standing.restUntil > now()) return 'resting'
      return connections.take(signal)
    },
    give: connections.give,
    answered() {
      proven = true
      // An answer to a mail that left before the rest began does not end it.
      if (standing.restUntil > now()) return
      standing = afterAnswer(standing, most)
      connections.admit()
    },
    rateLimited() {
      standing = afterRateLimit(now())
      connections.sendAway('resting')
    },
    look: connections.look,
    comeAgainMs: () => (standing.restUntil > now() ? standing.restUntil - now() : connections.comeAgainMs()),
    get busy() {
      return connections.busy
    },
    get proven() {
      return proven
    },
    get idle() {
      return isIdle()
    },
    get forgettable() {
      return isIdle() && now() - connections.movedAt > REMEMBERED_MS
    },
  }
}
