import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'

export const freshPrefix = (): string => `test-${randomUUID()}`

export interface RedisKeys {
  /** All keys of a prefix. */
  of(prefix: string): Promise<readonly string[]>
  /** Removes them. */
  drop(prefix: string): Promise<void>
}

/** Looks at a Redis that other tests use too, with a connection for each question. */
export const redisKeys = (url: string): RedisKeys => {
  const on = async <T>(ask: (redis: Redis) => Promise<T>): Promise<T> => {
    const redis = new Redis(url)
    try {
      return await ask(redis)
    } finally {
      redis.disconnect()
    }
  }
  const of = async (redis: Redis, prefix: string): Promise<readonly string[]> => {
    const keys: string[] = []
    for await (const some of redis.scanStream({ match: `${prefix}:*`, count: 1_000 })) keys.push(...some)
    return keys.sort()
  }
  return {
    of: (prefix) => on((redis) => of(redis, prefix)),
    drop: (prefix) =>
      on(async (redis) => {
        const keys = await of(redis, prefix)
        if (keys.length > 0) await redis.del(...keys)
      }),
  }
}
