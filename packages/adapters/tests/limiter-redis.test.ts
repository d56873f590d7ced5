import { redisLimiter } from '@mailwright/adapters/limiter/redis'
import { type LimiterUnderTest, limiterConformance } from '@mailwright/conformance'
import type { Limiter } from '@mailwright/core'
import { Redis } from 'ioredis'
import { afterEach, describe, expect, it } from 'vitest'
import { needs, urlOf } from '../../../tests/servers/needs.js'

let made = 0
const aPrefix = (): string => {
  made += 1
  return `limiter-test-${process.pid}-${made}`
}
const never = new AbortController().signal
const pass = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

const create = async (): Promise<LimiterUnderTest> => {
  const options = { url: urlOf('redis'), prefix: aPrefix() }
  const [limiter, other] = [redisLimiter(options), redisLimiter(options)]
  // The first take opens the connection, which is none of the suite's time.
  await Promise.all([limiter, other].map((one) => one.take({ key: 'warm', perSecond: 10, count: 1 }, never)))
  const dispose = async () => {
    await Promise.all([limiter.close(), other.close()])
  }
  return { limiter, other, now: () => performance.timeOrigin + performance.now(), pass, noticedMs: 150, dispose }
}

needs('redis')('the limiter on Redis', () => {
  limiterConformance({ runner: { describe, it, expect }, create, patienceMs: 20_000 })

  const open: Limiter[] = []
  const aLimiter = (prefix: string, url = urlOf('redis')): Limiter => {
    const limiter = redisLimiter({ url, prefix })
    open.push(limiter)
    return limiter
  }
  afterEach(async () => {
    await Promise.all(open.splice(0).map((limiter) => limiter.close()))
  })

  it('T27: two prefixes on one Redis share no tokens, and every key is below its own', async () => {
    const [one, other] = [aPrefix(), aPrefix()]
    const take = { key: 'a:b', perSecond: 5, windowMs: 60_000, count: 5 }
    await Promise.all([one, other].map((prefix) => aLimiter(prefix).take(take, never)))
    const redis = new Redis(urlOf('redis'))
    const keys = await Promise.all([one, other].map((prefix) => redis.keys(`${prefix}:*`)))
    expect(keys.map(({ length }) => length)).toEqual([1, 1])
    for (const [key = ''] of keys) expect(await redis.pttl(key)).toBeGreaterThan(0)
    redis.disconnect()
  })

  it('C7: where the keys were lost, a process that has booked waits a whole window before it grants again', async () => {
    const prefix = aPrefix()
    const limiter = aLimiter(prefix)
    const take = { key: 'flushed', perSecond: 5, windowMs: 500, count: 5 }
    await limiter.take(take, never)
    const since = performance.now()
    const redis = new Redis(urlOf('redis'))
    await redis.del(await redis.keys(`${prefix}:*`))
    await limiter.take(take, never)
    expect(performance.now() - since).toBeGreaterThan(450)
    redis.disconnect()
  })

  it('grants nothing and rejects with ADAPTER_FAILED while there is no Redis', async () => {
    const limiter = aLimiter(aPrefix(), 'redis://127.0.0.1:1')
    await expect(limiter.take({ key: 'a', perSecond: 5, count: 1 }, never)).rejects.toMatchObject({
      code: 'ADAPTER_FAILED',
    })
    await limiter.close()
    await expect(limiter.take({ key: 'a', perSecond: 5, count: 1 }, never)).rejects.toMatchObject({
      code: 'SERVICE_STOPPED',
    })
  })
})

describe('redisLimiter', () => {
  it('needs to know where Redis is, and a prefix that no other can meet', () => {
    expect(() => redisLimiter({})).toThrow(expect.objectContaining({ code: 'OPTIONS_INVALID' }))
    expect(() => redisLimiter({ url: 'redis://x', prefix: 'a:b' })).toThrow(
      expect.objectContaining({ code: 'OPTIONS_INVALID' }),
    )
  })
})
