import type { Clock } from '@mailwright/core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { inProcessLimiter } from './index.js'
import { loadBottleneck } from './load-bottleneck.js'

const never = new AbortController().signal

/** A clock of this test's own: `pass` wakes in the order of time and lets each sleeper's work settle. */
const handClock = () => {
  let now = 0
  const sleepers = new Set<{ at: number; wake: () => void }>()
  const clock: Clock = {
    now: () => now,
    sleepUntil: (at, signal) =>
      new Promise((resolve) => {
        const sleeper = { at, wake: () => resolve(void sleepers.delete(sleeper)) }
        sleepers.add(sleeper)
        signal.addEventListener('abort', sleeper.wake, { once: true })
      }),
  }
  const settle = async () => {
    // Bottleneck yields through zero timers, a handful for each grant.
    for (let turn = 0; turn < 8; turn++) await new Promise((resolve) => setTimeout(resolve, 0))
  }
  const pass = async (ms: number) => {
    const until = now + ms
    await settle()
    for (;;) {
      const [first] = [...sleepers].sort((a, b) => a.at - b.at)
      if (first === undefined || first.at > until) break
      now = Math.max(now, first.at)
      first.wake()
      await settle()
    }
    now = until
  }
  return { clock, pass, asleep: () => sleepers.size }
}

beforeAll(async () => void (await loadBottleneck()))

describe('inProcessLimiter', () => {
  it('grants chunks in the order they came, at most the rate in any second', async () => {
    const { clock, pass } = handClock()
    const limiter = inProcessLimiter({ clock })
    const granted: string[] = []
    const take = async (count: number) => {
      await limiter.take({ key: 'k', perSecond: 10, count }, never)
      granted.push(`${count}@${clock.now()}`)
    }
    void take(6)
    await pass(600)
    void take(4)
    void take(5)
    void take(1)
    await pass(399)
    expect(granted).toEqual(['6@0', '4@600'])
    await pass(1)
    expect(granted).toEqual(['6@0', '4@600', '5@1000', '1@1000'])
    await limiter.close()
  })

  it('DIP-3: keeps the rate over a longer window for who may use tokens late', async () => {
    const { clock, pass } = handClock()
    const limiter = inProcessLimiter({ clock })
    const granted: string[] = []
    const take = async (count: number) => {
      await limiter.take({ key: 'k', perSecond: 10, windowMs: 1_050, count }, never)
      granted.push(`${count}@${clock.now()}`)
    }
    void take(10)
    void take(10)
    await pass(1_049)
    expect(granted).toEqual(['10@0'])
    await pass(1)
    expect(granted).toEqual(['10@0', '10@1050'])
    const wrong = { key: 'k', perSecond: 10, count: 1, windowMs: 0.5 }
    await expect(limiter.take(wrong, never)).rejects.toMatchObject({ details: { field: 'windowMs' } })
    await limiter.close()
  })

  it('holds in every sliding window, whatever is taken when', async () => {
    const chunk = fc.record({ count: fc.integer({ min: 1, max: 20 }), gap: fc.integer({ min: 0, max: 700 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(chunk, { minLength: 3, maxLength: 6 }), async (chunks) => {
        const { clock, pass } = handClock()
        const limiter = inProcessLimiter({ clock })
        const grants: { at: number; count: number }[] = []
        for (const { count, gap } of chunks) {
          void limiter
            .take({ key: 'k', perSecond: 20, count }, never)
            .then(() => grants.push({ at: clock.now(), count }))
          await pass(gap)
        }
        await pass(20_000)
        await limiter.close()
        expect(grants.length).toBe(chunks.length)
        for (const { at } of grants) {
          const window = grants.filter((grant) => grant.at >= at && grant.at < at + 1_000)
          expect(window.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(20)
        }
      }),
      { numRuns: 4 },
    )
  })

  it('limits each key by itself', async () => {
    const limiter = inProcessLimiter()
    await limiter.take({ key: 'a', perSecond: 1, count: 1 }, never)
    await limiter.take({ key: 'b', perSecond: 1, count: 1 }, never)
    await limiter.close()
  })

  it('rejects with the reason of an abort, and takes nothing then', async () => {
    const { clock, pass } = handClock()
    const limiter = inProcessLimiter({ clock })
    await limiter.take({ key: 'k', perSecond: 2, count: 2 }, never)
    const abort = new AbortController()
    const abandoned = limiter.take({ key: 'k', perSecond: 2, count: 2 }, abort.signal)
    const next = limiter.take({ key: 'k', perSecond: 2, count: 2 }, never).then(() => clock.now())
    abort.abort(new Error('enough'))
    await expect(abandoned).rejects.toThrow('enough')
    await pass(1_000)
    expect(await next).toBe(1_000)
    await expect(
      limiter.take({ key: 'k', perSecond: 2, count: 1 }, AbortSignal.abort(new Error('late'))),
    ).rejects.toThrow('late')
    await limiter.close()
  })

  it('follows a changed rate, and never strands a take that is larger than the new one', async () => {
    const { clock, pass } = handClock()
    const limiter = inProcessLimiter({ clock })
    const granted: string[] = []
    const take = async (perSecond: number, count: number) => {
      await limiter.take({ key: 'k', perSecond, count }, never)
      granted.push(`${count}@${clock.now()}`)
    }
    void take(10, 10)
    void take(10, 10)
    await pass(1)
    void take(5, 5)
    void take(5, 5)
    await pass(999)
    expect(granted).toEqual(['10@0', '10@1000'])
    await pass(5_000)
    expect(granted.slice(2)).toEqual(['5@2000', '5@3000'])
    await limiter.close()
  })

  it('refuses more tokens than one second has, and rates that are none', async () => {
    const limiter = inProcessLimiter()
    const refused = { code: 'INPUT_INVALID', details: { field: 'count', nearest: 5 } }
    await expect(limiter.take({ key: 'k', perSecond: 5, count: 6 }, never)).rejects.toMatchObject(refused)
    await expect(limiter.take({ key: 'k', perSecond: 0, count: 1 }, never)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    })
  })

  it('close rejects those who wait and leaves no sleeper behind', async () => {
    const { clock, pass, asleep } = handClock()
    const limiter = inProcessLimiter({ clock })
    await limiter.take({ key: 'k', perSecond: 1, count: 1 }, never)
    const waiting = limiter.take({ key: 'k', perSecond: 1, count: 1 }, never)
    const refused = expect(waiting).rejects.toMatchObject({ code: 'SERVICE_STOPPED' })
    await limiter.close()
    await refused
    await pass(0)
    expect(asleep()).toBe(0)
    await expect(limiter.take({ key: 'k', perSecond: 1, count: 1 }, never)).rejects.toMatchObject({
      code: 'SERVICE_STOPPED',
    })
  })

  it('HOST-2: says how to install a missing bottleneck, and passes on what else goes wrong', async () => {
    const missing = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' })
    await expect(loadBottleneck(() => Promise.reject(missing))).rejects.toMatchObject({
      code: 'PEER_MISSING',
      details: { install: 'npm install bottleneck' },
    })
    await expect(loadBottleneck(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  })
})
