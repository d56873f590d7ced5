import { setTimeout as delay } from 'node:timers/promises'
import { bullmq } from '@mailwright/adapters/queue/bullmq'
import {
  failuresOf,
  type QueueUnderTest,
  queueConformance,
  queueMutants,
  recordingRunner,
} from '@mailwright/conformance'
import { describe, expect, it } from 'vitest'
import { needs, urlOf } from '../../../tests/servers/needs.js'
import { freshPrefix, redisKeys } from './redis-keys.js'

const real = async (): Promise<QueueUnderTest> => {
  const prefix = freshPrefix()
  const make = () => bullmq({ url: urlOf('redis'), prefix })
  return {
    queue: make(),
    another: async () => make(),
    now: () => Date.now(),
    pass: async (ms) => void (await delay(ms)),
    dispose: () => redisKeys(urlOf('redis')).drop(prefix),
  }
}

needs('redis')('bullmq', () => {
  queueConformance({ runner: { describe, it, expect }, create: real, patienceMs: 10_000 })

  it.each(queueMutants)('the suite fails $fails for a BullMQ queue that $name', async ({ spoil, fails }) => {
    const { runner, run } = recordingRunner()
    const create = async () => {
      const made = await real()
      return { ...made, queue: spoil(made.queue, made.now) }
    }
    queueConformance({ runner, create, patienceMs: 1_500 })
    // On a busy machine others may be late; that no other fails is shown on the queue in the process.
    expect(failuresOf(await run())).toEqual(expect.arrayContaining([...fails]))
  })
})
