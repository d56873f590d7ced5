import { bullmq } from '@mailwright/adapters/queue/bullmq'
import type { Job, Queue } from '@mailwright/core'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type MortalRedis, mortalRedis } from '../../../tests/servers/mortal-redis.js'
import { needs, urlOf } from '../../../tests/servers/needs.js'
import { freePort } from '../../../tests/servers/throwaway.js'

const aJob = (id: string): Job => ({ id, kind: 'send', ref: '', runAt: 0 })
const turn = () => new Promise((resolve) => setTimeout(resolve, 10))

needs('redis-server')('the BullMQ queue without a Redis that answers', () => {
  let redis: MortalRedis
  const open: Queue[] = []
  const aQueue = (url: string): Queue => {
    const queue = bullmq({ url })
    open.push(queue)
    return queue
  }
  const codes = async (queue: Queue) => (await queue.inspect()).map(({ code }) => code)

  beforeAll(async () => {
    redis = await mortalRedis(urlOf('redis-server'))
  })
  afterEach(async () => {
    for (const queue of open.splice(0)) await queue.close({ drainMs: 0 })
  })
  afterAll(() => redis.close())

  it('F4: where none is, publish rejects, consume and inspect answer, and stop and close end', async () => {
    const queue = aQueue(`redis://127.0.0.1:${await freePort()}`)
    const consumer = await queue.consume(async () => undefined)
    await expect(queue.publish([aJob('a')])).rejects.toThrow('ECONNREFUSED')
    expect(await codes(queue)).toEqual(['QUEUE_UNREACHABLE'])
    await consumer.stop()
    await queue.close({ drainMs: 60_000 })
    await expect(queue.publish([aJob('a')])).resolves.toBe(undefined)
  })

  it('F4: one that goes is told of by publish and inspect; when it is back, empty, the same consumers ring', async () => {
    const queue = aQueue(redis.url)
    const heard: string[] = []
    await queue.consume(async ({ id }) => void heard.push(id))
    await queue.publish([aJob('before')])
    while (!heard.includes('before')) await turn()
    await redis.kill()
    await expect(queue.publish([aJob('lost')])).rejects.toThrow()
    expect(await codes(queue)).toEqual(['QUEUE_UNREACHABLE'])
    await redis.start()
    while (!heard.includes('after')) {
      await queue.publish([aJob('after')]).catch(() => undefined)
      await turn()
    }
    expect(await codes(queue)).toEqual([])
  })

  it('F4: one that takes all and answers nothing is called away, not waited for', async () => {
    const queue = aQueue(redis.url)
    await queue.publish([aJob('before')])
    redis.freeze()
    try {
      await expect(queue.publish([aJob('a')])).rejects.toThrow()
      expect(await codes(queue)).not.toEqual([])
    } finally {
      redis.thaw()
    }
    while ((await codes(queue)).length > 0) await turn()
    await queue.publish([aJob('again')])
  })

  it('F4: one that refuses every write does not set its consumers racing', async () => {
    const queue = aQueue(redis.url)
    const client = new Redis(redis.url)
    const commands = async () => Number(/^total_commands_processed:(\d+)/m.exec(await client.info('stats'))?.[1])
    const heard: string[] = []
    await queue.publish([aJob('waits')])
    try {
      await client.config('SET', 'maxmemory', 1)
      await expect(queue.publish([aJob('refused')])).rejects.toThrow('OOM')
      // There is a job to take, and taking it is a write.
      await queue.consume(async ({ id }) => void heard.push(id))
      const before = await commands()
      await new Promise((resolve) => setTimeout(resolve, 3_000))
      expect((await commands()) - before).toBeLessThan(200)
      expect(heard).toEqual([])
    } finally {
      await client.config('SET', 'maxmemory', 0)
      client.disconnect()
    }
    while (!heard.includes('waits')) await turn()
  })

  it('tells of a policy that drops keys, and of one that it may not see', async () => {
    const client = new Redis(redis.url)
    try {
      await client.config('SET', 'maxmemory-policy', 'volatile-lru')
      expect(await aQueue(redis.url).inspect()).toMatchObject([
        { level: 'warning', code: 'QUEUE_EVICTS', details: { policy: 'volatile-lru' } },
      ])
      await client.config('SET', 'maxmemory-policy', 'noeviction')
      await client.acl('SETUSER', 'bell', 'on', '>secret', '~*', '&*', '+@all', '-@dangerous')
      const { host } = new URL(redis.url)
      expect(await codes(aQueue(`redis://bell:secret@${host}`))).toEqual(['QUEUE_POLICY_UNKNOWN'])
    } finally {
      client.disconnect()
    }
  })
})
