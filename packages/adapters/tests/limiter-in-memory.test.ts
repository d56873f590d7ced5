import { steppedClock } from '@mailwright/adapters/clock/stepped'
import { inProcessLimiter } from '@mailwright/adapters/limiter/in-process'
import { storageLimiter } from '@mailwright/adapters/limiter/storage'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import {
  failuresOf,
  type LimiterUnderTest,
  limiterConformance,
  limiterMutants,
  recordingRunner,
} from '@mailwright/conformance'
import type { Clock, Limiter } from '@mailwright/core'
import { describe, expect, it } from 'vitest'

type Make = (clock: Clock) => readonly [Limiter, Limiter | null]

/** What goes on by itself between two steps. */
type Turns = () => Promise<void>

const immediates: Turns = async () => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve))
}
/** Bottleneck yields through timers of no length. */
const timers: Turns = async () => {
  for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0))
}

const stepped = (make: Make, turns: Turns) => async (): Promise<LimiterUnderTest> => {
  const clock = steppedClock('2026-03-01T00:00:00Z')
  const [limiter, other] = make(clock)
  const pass = async (ms: number) => {
    await turns()
    await clock.stepBy(ms)
  }
  return { limiter, other, now: clock.now, pass, noticedMs: 0 }
}

const alone = stepped((clock) => [storageLimiter({ storage: memoryStorage(), clock }), null], immediates)

const inProcess = stepped((clock) => [inProcessLimiter({ clock }), null], timers)

/** As two processes would be, on one storage that takes several. */
const two = stepped((clock) => {
  const memory = memoryStorage()
  const storage = { ...memory, capabilities: { ...memory.capabilities, concurrentWriters: true } }
  return [storageLimiter({ storage, clock }), storageLimiter({ storage, clock })]
}, immediates)

describe('in-process', () => limiterConformance({ runner: { describe, it, expect }, create: inProcess }))
describe('storage, one process', () => limiterConformance({ runner: { describe, it, expect }, create: alone }))
describe('storage, two processes', () => limiterConformance({ runner: { describe, it, expect }, create: two }))

describe('the limiter suite', () => {
  it('finds nothing wrong with a right limiter by its own runner either', async () => {
    const { runner, run } = recordingRunner()
    limiterConformance({ runner, create: two })
    const results = await run()
    expect(results.length).toBeGreaterThan(8)
    expect(failuresOf(results)).toEqual([])
  })

  it.each(limiterMutants)('fails $fails for a limiter that $name', async ({ spoil, fails }) => {
    const { runner, run } = recordingRunner()
    const create = async () => {
      const made = await two()
      return {
        ...made,
        limiter: spoil(made.limiter, made.pass),
        other: made.other && spoil(made.other, made.pass),
      }
    }
    limiterConformance({ runner, create, patienceMs: 2_000 })
    expect(failuresOf(await run())).toEqual(fails)
  })
})
