import { setTimeout as delay } from 'node:timers/promises'
import { Redis } from 'ioredis'
import type { MortalRedis } from '../servers/mortal-redis.js'

/** What a Redis without persistence may do to the queue that stands on it (F4). */
export const redisFaults = ['flush', 'restart', 'eviction', 'refusal', 'outage', 'silence'] as const
export type RedisFault = (typeof redisFaults)[number]

/** Done to Redis; resolves when it is well again. `lastsMs` is for those that have a length. */
export type Inflict = (redis: MortalRedis, lastsMs: number) => Promise<void>

const asked = async (url: string, ask: (redis: Redis) => Promise<void>): Promise<void> => {
  const redis = new Redis(url)
  try {
    await ask(redis)
  } finally {
    redis.disconnect()
  }
}

const memory = async (redis: Redis): Promise<number> =>
  Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1] ?? 0)

/** Memory for `room` bytes more than now, under a policy, while ballast comes in. */
const short = (policy: string, room: number): Inflict => {
  const inflict: Inflict = ({ url }, lastsMs) =>
    asked(url, async (redis) => {
      await redis.config('SET', 'maxmemory-policy', policy)
      await redis.config('SET', 'maxmemory', (await memory(redis)) + room)
      for (let turn = 0; turn * 10 < lastsMs; turn++) {
        await redis.set(`ballast:${turn}`, 'x'.repeat(4_096)).catch(() => undefined)
        await delay(10)
      }
      await redis.config('SET', 'maxmemory', 0)
      await redis.config('SET', 'maxmemory-policy', 'noeviction')
    })
  return inflict
}

export const inflictions: Readonly<Record<RedisFault, Inflict>> = {
  flush: ({ url }) => asked(url, async (redis) => void (await redis.flushall())),
  restart: async (redis) => {
    await redis.kill()
    await redis.start()
  },
  // What is evicted are lists, hashes and locks of BullMQ, at random.
  eviction: short('allkeys-random', 64 * 1_024),
  // Nothing is evicted, and every write is answered by OOM.
  refusal: short('noeviction', 0),
  outage: async (redis, lastsMs) => {
    await redis.kill()
    await delay(lastsMs)
    await redis.start()
  },
  silence: async (redis, lastsMs) => {
    redis.freeze()
    await delay(lastsMs)
    redis.thaw()
  },
}
