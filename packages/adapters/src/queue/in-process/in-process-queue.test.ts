import type { Job } from '@mailwright/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDueHeap } from './due-heap.js'
import { inProcessQueue } from './index.js'
import { loadPQueue } from './load-p-queue.js'
import { realClock } from './real-clock.js'

const aJob = (id: string, runAt: number): Job => ({ id, kind: 'chunk', ref: id, runAt })

describe('inProcessQueue', () => {
  it('merges a job with a waiting one of its id at the earlier instant', async () => {
    const queue = inProcessQueue()
    await queue.publish([aJob('a', Date.now() + 3_600_000), aJob('a', Date.now()), aJob('a', Date.now() - 1_000)])
    const rang: string[] = []
    const first = new Promise<void>((resolve) => {
      void queue.consume(async ({ id }) => {
        rang.push(id)
        resolve()
      })
    })
    await first
    await queue.close({ drainMs: 0 })
    expect(rang).toEqual(['a'])
  })

  it('runs at most so many handlers at once', async () => {
    const queue = inProcessQueue({ concurrency: 3 })
    let running = 0
    let most = 0
    let left = 20
    await new Promise<void>((resolve) => {
      void queue.consume(async () => {
        most = Math.max(most, ++running)
        await new Promise((turn) => setImmediate(turn))
        running -= 1
        if (--left === 0) resolve()
      })
      void queue.publish(Array.from({ length: 20 }, (_, index) => aJob(String(index), 0)))
    })
    await queue.close({ drainMs: 0 })
    expect(most).toBe(3)
  })

  it('shares the jobs out among its consumers, and drains a stopped one on close', async () => {
    const queue = inProcessQueue()
    const rang: string[] = []
    const one = await queue.consume(async ({ id }) => void rang.push(`one ${id}`))
    await queue.consume(async ({ id }) => void rang.push(`two ${id}`))
    await queue.publish([aJob('a', 0), aJob('b', 0)])
    await one.stop()
    await queue.publish([aJob('c', 0)])
    await queue.close({ drainMs: 1_000 })
    expect(rang).toEqual(['one a', 'two b', 'two c'])
  })

  it('forgets quietly what is published after close, and keeps no process alive by waiting', async () => {
    const queue = inProcessQueue()
    await queue.publish([aJob('far', Date.now() + 2 ** 40)])
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
    const before = timers()
    await queue.close({ drainMs: 0 })
    await queue.publish([aJob('late', 0)])
    expect(timers()).toBeLessThanOrEqual(before)
  })

  it('says how to install a missing p-queue, and passes on what else goes wrong', async () => {
    const missing = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' })
    await expect(loadPQueue(() => Promise.reject(missing))).rejects.toMatchObject({
      code: 'PEER_MISSING',
      details: { install: 'npm install p-queue' },
    })
    await expect(loadPQueue(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  })
})

describe('the due heap', () => {
  it('gives jobs by their instant, and those of one instant in the order they came', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (instants) => {
        const heap = createDueHeap()
        const jobs = instants.map((runAt, index) => aJob(String(index), runAt))
        for (const job of jobs) heap.push(job)
        const popped: Job[] = []
        for (let job = heap.pop(); job !== undefined; job = heap.pop()) popped.push(job)
        expect(popped).toEqual([...jobs].sort((a, b) => a.runAt - b.runAt))
        expect(heap.first).toBe(undefined)
      }),
    )
  })
})

describe('the real clock', () => {
  it('wakes at once for the past and for an abort', async () => {
    await realClock.sleepUntil(0, new AbortController().signal)
    await realClock.sleepUntil(Date.now() + 1e9, AbortSignal.abort())
    expect(realClock.now()).toBeGreaterThan(1.7e12)
  })
})
