import { bullmq } from '@mailwright/adapters/queue/bullmq'
import type { Job, Queue } from '@mailwright/core'
import fc from 'fast-check'
import { Redis } from 'ioredis'
import { expect, it } from 'vitest'
import { needs, urlOf } from '../../../tests/servers/needs.js'
import { freshPrefix, redisKeys } from './redis-keys.js'

const aJob = (id: string, runAt = 0): Job => ({ id, kind: 'send', ref: '', runAt })
/** Everything a key of the adapter may look like below its prefix and name: BullMQ's own words, or ids of one alphabet. */
const ownKey =
  /^[\w{}.-]+:[\w.-]+:(?:id|wait|active|events|meta|marker|delayed|stalled-check|stalled|(?:de:)?[\w-]{36,43})$/

const hostile = fc.oneof(
  fc.string({
    unit: fc.constantFrom(':', '{', '}', '*', '\r', '\n', '[', '?', 'a', ' ', '\0', '姓'),
    minLength: 1,
    maxLength: 40,
  }),
  fc.constantFrom(
    'meta',
    'wait',
    'de:x',
    '0',
    '0:1',
    '1',
    '{x}',
    '*',
    '\r\nFLUSHALL\r\n',
    'x'.repeat(10_000),
    '__proto__',
  ),
)

/** Hears so many jobs. */
const hears = (queue: Queue, count: number): Promise<readonly Job[]> =>
  new Promise((resolve) => {
    const heard: Job[] = []
    void queue.consume(async (job) => {
      heard.push(job)
      if (heard.length === count) resolve(heard)
    })
  })

needs('redis')('the keys of the BullMQ queue', () => {
  const url = () => urlOf('redis')

  it('T27: ids and kinds of any characters and length come back as they were, and reach no key but the own ones', async () => {
    const ids = [...new Set(fc.sample(hostile, 200))]
    const prefix = freshPrefix()
    const queue = bullmq({ url: url(), prefix })
    const far = Date.now() + 3_600_000
    try {
      await queue.publish(ids.map((id) => ({ ...aJob(id), kind: id, ref: id })))
      await queue.publish(ids.map((id) => aJob(id, far)))
      const keys = await redisKeys(url()).of(prefix)
      expect(keys.filter((key) => !ownKey.test(key))).toEqual([])
      // One of a waiting ring and one of what it is merged under; one of each of the future.
      expect(keys.filter((key) => /[\w-]{36,43}$/.test(key)).length).toBe(3 * ids.length)
      const heard = await hears(queue, ids.length)
      expect(new Set(heard.map(({ id }) => id))).toEqual(new Set(ids))
      expect(heard.filter(({ id, kind, ref }) => id !== kind || id !== ref)).toEqual([])
    } finally {
      await queue.close({ drainMs: 0 })
      await redisKeys(url()).drop(prefix)
    }
  })

  it('T27: services of other prefixes or names on one Redis hear nothing of each other, and pick nothing up', async () => {
    const prefix = freshPrefix()
    const places = [
      { prefix },
      { prefix: `${prefix}-b` },
      { prefix, name: 'doorbell-b' },
      { prefix: `{${prefix}}` },
      { prefix: `${prefix}-b`, name: 'wait' },
    ]
    const queues = places.map((place) => bullmq({ url: url(), ...place }))
    const heard = queues.map((): string[] => [])
    try {
      await Promise.all(queues.map((queue, at) => queue.consume(async ({ id }) => void heard[at]?.push(id))))
      for (let round = 0; round < 20; round++)
        await Promise.all(queues.map((queue, at) => queue.publish([aJob(`same ${round}`), aJob(`of ${at} ${round}`)])))
      while (heard.some((ids) => ids.length < 40)) await new Promise((turn) => setTimeout(turn, 10))
      for (const [at, ids] of heard.entries()) {
        const expected = Array.from({ length: 20 }, (_, round) => [`same ${round}`, `of ${at} ${round}`]).flat()
        expect([...ids].sort()).toEqual(expected.sort())
      }
    } finally {
      await Promise.all(queues.map((queue) => queue.close({ drainMs: 0 })))
      for (const place of places) await redisKeys(url()).drop(place.prefix)
    }
  })

  it.each([{ prefix: 'a:b' }, { prefix: '' }, { prefix: '{a' }, { prefix: 'a*' }, { name: 'a:b' }, { name: '{a}' }])(
    'T27: a prefix or name that could reach other keys is refused: %j',
    (place) => {
      expect(() => bullmq({ url: url(), ...place })).toThrow(expect.objectContaining({ code: 'OPTIONS_INVALID' }))
    },
  )

  it('leaves nothing behind of what has rung, and holds a flood of one id as one job', async () => {
    const prefix = freshPrefix()
    const queue = bullmq({ url: url(), prefix })
    const redis = new Redis(url())
    try {
      await Promise.all(Array.from({ length: 1_000 }, () => queue.publish([aJob('flood')])))
      expect(await redis.llen(`${prefix}:doorbell:wait`)).toBe(1)
      expect(await hears(queue, 1)).toHaveLength(1)
      await queue.close({ drainMs: 1_000 })
      const left = (await redisKeys(url()).of(prefix)).map((key) => key.slice(`${prefix}:doorbell:`.length))
      const own = ['events', 'id', 'marker', 'meta', 'stalled-check']
      expect(left.filter((key) => !own.includes(key))).toEqual([])
      // BullMQ trims its stream roughly, by whole nodes of a hundred.
      expect(await redis.xlen(`${prefix}:doorbell:events`)).toBeLessThan(400)
    } finally {
      redis.disconnect()
      await queue.close({ drainMs: 0 })
      await redisKeys(url()).drop(prefix)
    }
  })

  it('rings nothing that somebody else has put there and is no ring', async () => {
    const prefix = freshPrefix()
    const queue = bullmq({ url: url(), prefix })
    const redis = new Redis(url())
    const { Queue: Bull } = await import('bullmq')
    const stranger = new Bull('doorbell', { connection: redis, prefix })
    try {
      for (const data of [{}, { id: 1 }, [], 'x', { id: 'a', kind: 'send', ref: '' }]) await stranger.add('ring', data)
      await queue.publish([aJob('mine')])
      expect((await hears(queue, 1)).map(({ id }) => id)).toEqual(['mine'])
    } finally {
      await queue.close({ drainMs: 1_000 })
      await stranger.close()
      redis.disconnect()
      await redisKeys(url()).drop(prefix)
    }
  })
})
