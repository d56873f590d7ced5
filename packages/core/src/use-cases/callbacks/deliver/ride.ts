import { isMailError } from '../../../errors/mail-error.js'
import type { Instant } from '../../../ports/clock.js'
import type { CallbackPart, NotTold } from '../callback-records.js'
import type { Endpoint } from '../endpoints.js'
import type { Delivery } from './delivery.js'
import { factsOf } from './event-facts.js'
import type { Place } from './lanes.js'
import { postEvent, type Told } from './post-event.js'
import type { Untold } from './sort-parts.js'

/** A row posts for so long, and gives back what it has not come to. With the time of one callback that stays well within its lease. */
export const RIDE_MS = 20_000

export interface Failed extends Untold {
  readonly retryAfterSeconds: number | null
}

/** What became of the events of a row. Those told are in none of the lists. */
export interface Ride {
  readonly failed: readonly Failed[]
  /** Not tried, or not to be counted as tried. */
  readonly left: readonly CallbackPart[]
  /** It said so: nothing more is posted to it. */
  readonly gone: boolean
  /** When the endpoint may be tried again; 0: now. */
  readonly restsUntil: Instant
  /** Of the last failure. */
  readonly why: NotTold | null
}

/** Posts the events of one row to its endpoint, one by one, as many at once as the endpoint may have. `started`: the last one has begun. */
export async function ride(
  delivery: Delivery,
  endpoint: Endpoint,
  parts: readonly CallbackPart[],
  started: () => void,
): Promise<Ride> {
  const { ctx, lanes } = delivery
  const facts = await factsOf(ctx, endpoint.account, parts)
  const failed: Failed[] = []
  const left: CallbackPart[] = []
  const running = new Set<Promise<void>>()
  let over = false
  let gone = false
  const { id, account, data } = endpoint
  const rider = lanes.board({ id, account, url: data.url }, () => over || gone || delivery.stopping())
  const callOff = ctx.after(RIDE_MS, () => {
    over = true
    lanes.look()
  })

  const settle = (part: CallbackPart, told: Told, place: Place, began: Instant): void => {
    if (told.type === 'later') {
      place.failed(told.retryAfterSeconds)
      failed.push({ part, why: told.why, retryAfterSeconds: told.retryAfterSeconds })
    } else if (told.type === 'gone') {
      gone = true
      failed.push({ part, why: told.why, retryAfterSeconds: null })
      place.withdrawn()
    } else if (told.type === 'aborted') {
      left.push(part)
      place.withdrawn()
    } else if (told.type === 'told') place.told()
    else place.withdrawn()
    delivery.attempts.add(endpoint, part, told, began)
  }

  const post = async (part: CallbackPart, place: Place): Promise<void> => {
    const began = ctx.clock.now()
    const told = await postEvent(ctx, endpoint, part, facts, delivery.signal).catch((error: unknown): Told => {
      ctx.logger.log('error', 'callback-unreadable', { endpoint: id, message: part.message, error })
      // A storage that is away is not the receiver's fault; a record that cannot be read is tried again as long as any other.
      if (isMailError(error) && error.kind === 'adapter' && error.code !== 'DATA_CORRUPT') return { type: 'aborted' }
      return { type: 'later', why: 'unreadable', retryAfterSeconds: null }
    })
    settle(part, told, place, began)
  }

  try {
    for (const [index, part] of parts.entries()) {
      const place = await rider.turn()
      if (!place) {
        left.push(...parts.slice(index))
        break
      }
      const posting = post(part, place)
      running.add(posting)
      void posting.finally(() => running.delete(posting))
    }
  } finally {
    started()
    await Promise.all(running)
    callOff()
  }
  return { failed, left, gone, restsUntil: rider.restsUntil(ctx.clock.now()), why: failed.at(-1)?.why ?? null }
}
