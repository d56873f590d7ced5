import { describe, expect, it } from 'vitest'
import { systemClock } from './index.js'

/** A clock whose monotonic time and source the test sets. */
const driven = () => {
  const state = { monotonic: 1_000, source: 1_700_000_000_000, fail: false, takes: 0 }
  const clock = systemClock({
    monotonic: () => state.monotonic,
    source: async () => {
      const there = state.source
      state.monotonic += state.takes
      state.source += state.takes
      if (state.fail) throw new Error('away')
      return there
    },
  })
  const pass = (ms: number) => {
    state.monotonic += ms
    state.source += ms
  }
  return { clock, state, pass }
}

describe('systemClock', () => {
  it('follows the source from its first measurement, between measurements by monotonic time', async () => {
    const { clock, pass } = driven()
    await clock.measure()
    expect(clock.now()).toBe(1_700_000_000_000)
    pass(1_234)
    expect(clock.now()).toBe(1_700_000_001_234)
    expect(clock.trusted).toBe(true)
  })

  it('takes half of the round trip as the way of the answer', async () => {
    const { clock, state } = driven()
    state.takes = 100
    await clock.measure()
    expect(clock.now()).toBe(state.source - 50)
  })

  it('goes by the fastest of a few answers', async () => {
    const { clock, state } = driven()
    const trips = [400, 30, 200, 2, 1_000]
    const asked: number[] = []
    Object.defineProperty(state, 'takes', {
      get() {
        asked.push(trips[Math.floor(asked.length / 2)] ?? 0)
        return asked.at(-1)
      },
    })
    await clock.measure()
    expect(asked).toHaveLength(8)
    expect(clock.now()).toBe(state.source - 1)
  })

  it('never steps back: stands still until a source that is behind has caught up', async () => {
    const { clock, state, pass } = driven()
    await clock.measure()
    const before = clock.now()
    state.source -= 500
    await clock.measure()
    expect(clock.now()).toBe(before)
    pass(400)
    expect(clock.now()).toBe(before)
    pass(200)
    expect(clock.now()).toBe(before + 100)
  })

  it('is not trusted after a jump of more than 2 s until the next measurement agrees', async () => {
    const { clock, state, pass } = driven()
    await clock.measure()
    const before = clock.now()
    state.source += 2_001
    await clock.measure()
    expect([clock.trusted, clock.now()]).toEqual([false, before])
    pass(30_000)
    await clock.measure()
    expect([clock.trusted, clock.now()]).toEqual([true, before + 32_001])
  })

  it('is not trusted while measurements contradict each other, and returns to the old offset when that is confirmed', async () => {
    const { clock, state } = driven()
    await clock.measure()
    state.source += 10_000
    await clock.measure()
    state.source += 10_000
    await clock.measure()
    expect(clock.trusted).toBe(false)
    state.source -= 20_000
    await clock.measure()
    expect([clock.trusted, clock.now()]).toEqual([true, 1_700_000_000_000])
  })

  it('throws away a measurement that took longer than 2 s', async () => {
    const { clock, state } = driven()
    await clock.measure()
    state.takes = 5_000
    await clock.measure()
    expect([clock.trusted, clock.now()]).toEqual([true, state.source])
  })

  it('start rejects when the source is away, and can be tried again', async () => {
    const { clock, state } = driven()
    state.fail = true
    await expect(clock.start()).rejects.toThrow('away')
    state.fail = false
    await clock.start()
    clock.stop()
    expect(clock.trusted).toBe(true)
  })

  it('sleeps until an instant of the shared time, or until aborted', async () => {
    const { clock, pass } = driven()
    await clock.measure()
    await clock.sleepUntil(clock.now(), new AbortController().signal)
    const abort = new AbortController()
    const asleep = clock.sleepUntil(clock.now() + 3_600_000, abort.signal)
    pass(10)
    abort.abort()
    await asleep
    expect(clock.now()).toBe(1_700_000_000_010)
  })
})
