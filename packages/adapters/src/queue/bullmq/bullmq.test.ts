import { describe, expect, it, vi } from 'vitest'
import { calmed } from './calmed.js'
import { bullmq } from './index.js'
import { loadPeers } from './load-peers.js'
import { ringOptions } from './ring-job.js'

const job = { id: 'ring:send', kind: 'send', ref: '', runAt: 0 }

describe('bullmq', () => {
  it('says how to install missing peers, and passes on what else goes wrong', async () => {
    const missing = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' })
    await expect(loadPeers(() => Promise.reject(missing))).rejects.toMatchObject({
      code: 'PEER_MISSING',
      details: { install: 'npm install bullmq ioredis' },
    })
    await expect(loadPeers(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  })

  it('needs to know where Redis is', () => {
    for (const url of [undefined, '', 'redis://u:p#1@h:1', 'redis://u:p@h:port', 'host:6379', '/tmp/redis.sock'])
      expect(() => bullmq({ ...(url === undefined ? {} : { url }) }), url).toThrow(
        expect.objectContaining({ code: 'OPTIONS_INVALID', details: expect.objectContaining({ field: 'url' }) }),
      )
    expect(() => bullmq({ url: 'rediss://:p%23@h:6379/1' })).not.toThrow()
  })

  it('merges what is due under its id and never by its job id; what is not due by id and instant', () => {
    const [one, other] = [ringOptions(job, 5_000), ringOptions(job, 5_000)]
    expect(one.jobId).not.toBe(other.jobId)
    expect(one.deduplication).toEqual(other.deduplication)
    const later = [6_001, 6_050, 6_101].map((runAt) => ringOptions({ ...job, runAt }, 5_000))
    expect(later.map(({ delay }) => delay)).toEqual([1_100, 1_100, 1_200])
    expect(new Set(later.map(({ jobId }) => jobId)).size).toBe(2)
  })

  it('pauses a worker whose errors come fast, once, and lets it go on after a second', async () => {
    vi.useFakeTimers()
    try {
      let fail: () => void = () => undefined
      let paused = false
      const calls: string[] = []
      calmed({
        on: (_, listener) => {
          fail = listener
        },
        pause: async () => {
          paused = true
          calls.push('pause')
        },
        resume: async () => {
          paused = false
          calls.push('resume')
        },
        isPaused: () => paused,
      })
      for (let count = 0; count < 4; count++) fail()
      expect(calls).toEqual([])
      for (let count = 0; count < 100; count++) fail()
      await vi.advanceTimersByTimeAsync(1_000)
      expect(calls).toEqual(['pause', 'resume'])
    } finally {
      vi.useRealTimers()
    }
  })
})
