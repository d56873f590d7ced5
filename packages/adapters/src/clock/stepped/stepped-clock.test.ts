import { describe, expect, it } from 'vitest'
import { steppedClock } from './index.js'

const never = new AbortController().signal

describe('steppedClock', () => {
  it('stands still, starts at a date and changes at once when nobody sleeps', () => {
    const clock = steppedClock('2026-03-01T00:00:00Z')
    expect(clock.now()).toBe(Date.UTC(2026, 2, 1))
    void clock.stepBy(5)
    expect(clock.now()).toBe(Date.UTC(2026, 2, 1) + 5)
  })

  it('wakes sleepers in the order of time, each at its own instant', async () => {
    const clock = steppedClock(0)
    const seen: string[] = []
    const sleeper = async (name: string, at: number) => {
      await clock.sleepUntil(at, never)
      seen.push(`${name} ${clock.now()}`)
    }
    void sleeper('late', 30)
    void sleeper('early', 10)
    void sleeper('beyond', 101)
    await clock.stepTo(100)
    expect(seen).toEqual(['early 10', 'late 30'])
    expect(clock.now()).toBe(100)
  })

  it('lets one who sleeps again within the step be woken again, a year of days in one step', async () => {
    const clock = steppedClock(0)
    const day = 86_400_000
    let days = 0
    const everyDay = async () => {
      for (;;) {
        await clock.sleepUntil((days + 1) * day, never)
        days += 1
      }
    }
    void everyDay()
    await clock.stepBy(400 * day)
    expect(days).toBe(400)
  })

  it('resolves a sleep that is past, and one whose signal aborts', async () => {
    const clock = steppedClock(50)
    await clock.sleepUntil(50, never)
    const abort = new AbortController()
    const asleep = clock.sleepUntil(60, abort.signal)
    abort.abort()
    await asleep
    await clock.sleepUntil(60, AbortSignal.abort())
    expect(clock.now()).toBe(50)
  })

  it('refuses to go back and dates it cannot read', async () => {
    const clock = steppedClock(50)
    await expect(clock.stepTo(49)).rejects.toMatchObject({ code: 'INPUT_INVALID', details: { nearest: 50 } })
    expect(() => steppedClock('some day')).toThrowError(expect.objectContaining({ code: 'INPUT_INVALID' }))
  })
})
