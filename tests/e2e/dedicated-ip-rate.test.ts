import { steppedClock } from '@mailwright/adapters/clock/stepped'
import { inProcessLimiter } from '@mailwright/adapters/limiter/in-process'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accepted, aTask, START, welcome } from './a-service.js'
import { aServiceWithIps, withIps } from './dedicated-ips.js'

const SECOND = 1_000
const never = new AbortController().signal

/** How the day of one run goes: what is sent, by how many processes, and in which steps their clock goes on. */
const days = fc.record({
  rate: fc.integer({ min: 2, max: 30 }),
  ips: fc.integer({ min: 1, max: 3 }),
  processes: fc.integer({ min: 1, max: 3 }),
  seconds: fc.integer({ min: 2, max: 4 }),
  single: fc.integer({ min: 0, max: 20 }),
  /** Few connections and slow receivers: tokens grow old before they are used. */
  connections: fc.integer({ min: 2, max: 20 }),
  answerMs: fc.constantFrom(0, 20, 60, 90),
  steps: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 12 }),
})

type Day = typeof days extends fc.Arbitrary<infer T> ? T : never

interface Left {
  readonly ip: string
  readonly at: number
  /** The process it left from. */
  readonly process: number
}

async function departures({ rate, ips, processes, seconds, single, connections, answerMs, steps }: Day) {
  const clock = steppedClock(START)
  const left: Left[] = []
  const given = (process: number) => ({
    storage,
    inventory: ips,
    clock,
    policy: { startLevel: 20, ipPerSecond: rate, chunkRows: Math.max(1, Math.ceil(rate / 2)) },
    more: { limiter },
    concurrency: connections,
    answer: async ({ route }: { readonly route: { readonly ip: string } | null }) => {
      left.push({ ip: route?.ip ?? 'shared', at: clock.now(), process })
      if (answerMs > 0) await clock.sleepUntil(clock.now() + answerMs, never)
      return accepted
    },
  })
  const storage = memoryStorage()
  const limiter = inProcessLimiter({ clock })
  const first = await withIps(ips, given(0))
  const services = [first]
  for (let process = 1; process < processes; process += 1)
    services.push({ ...first, ...(await aServiceWithIps(ips, given(process))) })
  const batch = rate * ips * seconds
  await aTask(first, batch)
  if (single > 0)
    await first.mail.send({ ...welcome, to: Array.from({ length: single }, (_, at) => `p${at}@office.example`) })
  for (let turn = 0; left.length < batch + single; turn += 1) {
    let over = false
    const ticking = Promise.all(services.map(({ mail }) => mail.tick({ maxMs: 60_000 }))).finally(() => {
      over = true
    })
    do {
      await new Promise((resolve) => setTimeout(resolve, 1))
      await clock.stepBy(steps[turn % steps.length] ?? 1)
      turn += 1
    } while (!over)
    await ticking
  }
  return { left, problems: services.flatMap(({ problems }) => problems) }
}

/** The most that left from one IP in any second. */
function most(left: readonly Left[]): number {
  const counts = left.map(
    ({ ip, at }) => left.filter((one) => one.ip === ip && one.at >= at && one.at < at + SECOND).length,
  )
  return Math.max(...counts)
}

describe('the rate of a dedicated IP', () => {
  it('DIP-3: is kept in any second, over all processes, however unevenly time goes on', async () => {
    await fc.assert(
      fc.asyncProperty(days, async (day) => {
        const { left, problems } = await departures(day)
        expect(left.filter(({ ip }) => ip === 'shared')).toEqual([])
        expect(most(left)).toBeLessThanOrEqual(day.rate)
        expect(problems).toEqual([])
      }),
      {
        numRuns: 10,
        examples: [
          [{ rate: 5, ips: 2, processes: 2, seconds: 3, single: 0, connections: 2, answerMs: 0, steps: [1] }],
          [
            {
              rate: 6,
              ips: 2,
              processes: 2,
              seconds: 3,
              single: 0,
              connections: 16,
              answerMs: 20,
              steps: [3, 5, 44, 1],
            },
          ],
        ],
      },
    )
  })
})
