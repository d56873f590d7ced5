import { type Bundle, type BundleResult, type Change, type Instant, MailError, type Storage } from '@mailwright/core'
import type { Redis } from 'ioredis'
import { BOOK } from './book-script.js'

type Booking = Extract<Change, { type: 'window.book' }>

/** The latest instants booked from here, so that a Redis that has lost its keys is noticed. */
const REMEMBERED = 10_000

/** The one verb and the one change that a limiter asks of a storage, kept by Redis. */
export const redisBookings = (
  opened: () => Promise<Redis>,
  prefix: string,
): Pick<Storage, 'apply' | 'name' | 'capabilities'> => {
  const latest = new Map<string, Instant>()

  const book = async (redis: Redis, booking: Booking): Promise<BundleResult> => {
    const { key, count, least = count, from, windowMs, limit, unused = { at: -1, count: 0 } } = booking
    const known = latest.get(key) ?? 0
    const [at, many] = (await redis.eval(
      BOOK,
      1,
      // Its parts hold no colon, so that no two pairs have a key in common (T27).
      `${prefix}:limit:${key}`,
      ...[count, least, from, windowMs, limit, unused.at, unused.count, known],
    )) as [string, string]
    latest.delete(key)
    latest.set(key, Math.max(known, Number(at)))
    const [oldest] = latest.keys()
    if (latest.size > REMEMBERED && oldest !== undefined) latest.delete(oldest)
    return { applied: true, outcomes: [{ type: 'booked', at: Number(at), count: Number(many) }] }
  }

  const bookingOf = ({ changes: [change] }: Bundle): Booking => {
    if (change?.type === 'window.book') return change
    throw new MailError('NOT_SUPPORTED', { adapter: 'redis', capability: change?.type ?? 'no change' })
  }

  return {
    name: 'redis',
    capabilities: { durable: false, concurrentWriters: true, callerTransaction: false },
    async apply(bundles) {
      const redis = await opened()
      return Promise.all(bundles.map((bundle) => book(redis, bookingOf(bundle))))
    },
  }
}
