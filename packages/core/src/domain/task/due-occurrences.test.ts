import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DueFacts, decideDue, MISSED_POLICIES, type MissedPolicy, type RecurringSchedule } from './index.js'

const HOUR = 3_600_000
const START = Date.UTC(2026, 10, 23, 9)
const at = (hour: number) => START + hour * HOUR
const hourly = (missed: MissedPolicy, over: object = {}): RecurringSchedule => ({
  type: 'recurring',
  startAt: START,
  timeZone: 'UTC',
  every: { n: 1, unit: 'hours' },
  cycle: true,
  missed,
  ...over,
})
const facts = (over: Partial<DueFacts> = {}): DueFacts => ({
  schedule: hourly('latest'),
  nextRun: START,
  now: START,
  busy: false,
  waiting: false,
  onTimeMs: 900_000,
  most: 100,
  ...over,
})
const row = (from: number, through: number, reason: 'missed' | 'overlap') => ({
  from: at(from),
  through: at(through),
  count: through - from + 1,
  reason,
})

describe('decideDue', () => {
  it('TSK-5: what is due fires, and the next one follows', () => {
    expect(decideDue(facts())).toEqual({ fire: START, wait: [], skipped: [], nextRun: at(1) })
  })

  it('TSK-5: while a run is unfinished the first one due waits, further ones are skipped', () => {
    expect(decideDue(facts({ busy: true }))).toEqual({ fire: null, wait: [START], skipped: [], nextRun: at(1) })
    expect(decideDue(facts({ busy: true, waiting: true }))).toEqual({
      fire: null,
      wait: [],
      skipped: [row(0, 0, 'overlap')],
      nextRun: at(1),
    })
  })

  it('TSK-5: of those missed the latest fires, or all do, or none that is late', () => {
    const late = (missed: MissedPolicy, minutes: number) =>
      decideDue(facts({ schedule: hourly(missed), now: at(3) + minutes * 60_000 }))
    expect(late('latest', 50)).toEqual({ fire: at(3), wait: [], skipped: [row(0, 2, 'missed')], nextRun: at(4) })
    expect(late('all', 50)).toEqual({ fire: START, wait: [at(1), at(2), at(3)], skipped: [], nextRun: at(4) })
    expect(late('skip', 50)).toEqual({ fire: null, wait: [], skipped: [row(0, 3, 'missed')], nextRun: at(4) })
    expect(late('skip', 15)).toEqual({ fire: at(3), wait: [], skipped: [row(0, 2, 'missed')], nextRun: at(4) })
  })

  it('TSK-5: missed ones are owed with `all` though others wait; those on time are not', () => {
    const busy = { schedule: hourly('all'), busy: true, waiting: true }
    expect(decideDue(facts({ ...busy, now: at(1) }))).toMatchObject({ wait: [START, at(1)], skipped: [] })
    expect(decideDue(facts(busy))).toMatchObject({ wait: [], skipped: [row(0, 0, 'overlap')] })
  })

  it('TSK-5: decides on so many at once; the latest is only known at the end', () => {
    const first = decideDue(facts({ now: at(9), most: 4 }))
    expect(first).toEqual({ fire: null, wait: [], skipped: [row(0, 3, 'missed')], nextRun: at(4) })
    expect(decideDue(facts({ nextRun: at(4), now: at(9), most: 6 }))).toMatchObject({ fire: at(9), nextRun: at(10) })
  })

  it('TSK-5: nothing follows the last one', () => {
    expect(decideDue(facts({ schedule: hourly('latest', { until: START }) }))).toMatchObject({
      fire: START,
      nextRun: null,
    })
  })

  it('TSK-5: however often and however late it is asked, each occurrence is decided on exactly once, in order', () => {
    const gaps = fc.array(fc.record({ minutes: fc.integer({ min: 1, max: 700 }), ends: fc.boolean() }), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(fc.constantFrom(...MISSED_POLICIES), gaps, fc.integer({ min: 1, max: 5 }), (missed, steps, most) => {
        const schedule = hourly(missed)
        const decided: number[] = []
        let state = { nextRun: START, busy: false, waiting: 0, now: START }
        for (const { minutes, ends } of steps) {
          state = { ...state, now: state.now + minutes * 60_000 }
          // The end of a run gives the next one that waits its turn.
          if (ends) state = state.waiting > 0 ? { ...state, waiting: state.waiting - 1 } : { ...state, busy: false }
          while (state.nextRun <= state.now) {
            const { fire, wait, skipped, nextRun } = decideDue(
              facts({ ...state, schedule, waiting: state.waiting > 0, most }),
            )
            expect(fire === null || !state.busy).toBe(true)
            for (const { from, through, count } of skipped) {
              expect(through).toBe(from + (count - 1) * HOUR)
              for (let one = from; one <= through; one += HOUR) decided.push(one)
            }
            decided.push(...wait, ...(fire === null ? [] : [fire]))
            state = {
              ...state,
              busy: state.busy || fire !== null,
              waiting: state.waiting + wait.length,
              nextRun: nextRun ?? Number.POSITIVE_INFINITY,
            }
          }
        }
        const wanted = Array.from({ length: decided.length }, (_, index) => at(index))
        expect([...decided].sort((a, b) => a - b)).toEqual(wanted)
        expect(state.nextRun).toBe(at(decided.length))
      }),
      { numRuns: 500 },
    )
  })
})
