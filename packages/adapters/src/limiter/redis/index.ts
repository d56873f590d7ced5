import { type Limiter, MailError, type SharedClock, storageLimiter, systemClock } from '@mailwright/core'
import type { Redis, RedisOptions } from 'ioredis'
import { loadIoredis } from './load-ioredis.js'
import { redisBookings } from './redis-bookings.js'

/** What of ioredis' options is the host's to choose. */
export type RedisConnection = Omit<RedisOptions, 'replyMapping' | 'keyPrefix'>

export interface RedisLimiterOptions {
  /** `redis://` or `rediss://`. This or `connection`, or both: then the options complete the URL. */
  readonly url?: string
  /** Options of ioredis. */
  readonly connection?: RedisConnection
  /** What all keys begin with. Services that share a Redis and no rates have different ones. Default `mailwright`. */
  readonly prefix?: string
}

/** What it cannot read ioredis shows to everybody as it is, with the password (T22). */
const isRedisUrl = (url: string): boolean => /^rediss?:\/\//.test(url) && URL.canParse(url)

const PREFIX = /^[\w.-]{1,64}$/
/** A server that does not answer within this time is left; the take rejects. */
const ANSWER_MS = 2_000

/** Fails instead of waiting, so that nobody's mail hangs on a Redis that is away: core gives it back and comes again. */
const failing: RedisConnection = {
  autoResendUnfulfilledCommands: false,
  connectTimeout: ANSWER_MS,
  maxRetriesPerRequest: 0,
  socketTimeout: ANSWER_MS,
}

const failed = (cause: unknown): MailError =>
  cause instanceof MailError
    ? cause
    : new MailError('ADAPTER_FAILED', { adapter: 'redis', operation: 'take' }, { cause })

/**
 * The limiter on the storage, with its bookings in Redis and by Redis' clock: for rates that are asked for more often than a database should be. A take rejects
 * with ADAPTER_FAILED while Redis is away; then nothing is granted. A Redis that loses its keys costs a window without grants, or, if no process remembers a
 * booking, lets one window hold up to twice its rate.
 * @throws OPTIONS_INVALID; PEER_MISSING at the first take
 */
export const redisLimiter = ({ url, connection, prefix = 'mailwright' }: RedisLimiterOptions): Limiter => {
  const wrong = (field: string, expected: string) => new MailError('OPTIONS_INVALID', { field, expected })
  if (url === undefined && connection === undefined) throw wrong('url', 'the URL of a Redis server, or connection')
  if (url !== undefined && !isRedisUrl(url))
    throw wrong('url', 'redis://user:password@host:port, with special characters of the password percent-encoded')
  if (!PREFIX.test(prefix)) throw wrong('prefix', '1 to 64 letters, digits, _ . -')
  let opening: Promise<{ readonly redis: Redis; readonly clock: SharedClock; readonly limiter: Limiter }> | undefined

  const open = async () => {
    const { Redis } = await loadIoredis()
    const options = { ...connection, ...failing }
    const redis = url === undefined ? new Redis(options) : new Redis(url, options)
    // Each command says it, too.
    redis.on('error', () => undefined)
    const clock = systemClock({
      source: async () => {
        const [seconds, micros] = await redis.time()
        return Number(seconds) * 1_000 + Number(micros) / 1_000
      },
    })
    try {
      await clock.start()
    } catch (cause) {
      redis.disconnect()
      throw cause
    }
    return { redis, clock, limiter: storageLimiter({ storage: redisBookings(async () => redis, prefix), clock }) }
  }
  const opened = () => {
    opening ??= open().catch((cause: unknown) => {
      opening = undefined
      throw cause
    })
    return opening
  }

  return {
    name: 'redis',
    capabilities: { shared: true },
    async take(request, signal) {
      try {
        const { clock, limiter } = await opened()
        if (!clock.trusted) await clock.measure()
        await limiter.take(request, signal)
      } catch (cause) {
        signal.throwIfAborted()
        throw failed(cause)
      }
    },
    async close() {
      const made = await opening?.catch(() => undefined)
      opening = Promise.reject(new MailError('SERVICE_STOPPED', { limiter: 'redis' }))
      opening.catch(() => undefined)
      await made?.limiter.close()
      made?.clock.stop()
      made?.redis.disconnect()
    },
  }
}
