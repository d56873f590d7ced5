import type { TakeTokens } from '@mailwright/core'
import type { Case } from '../register-cases.js'
import { codeOf, drive, type Granted, type LimiterBench, mostOf, never, rejection, taking } from './bench.js'

const windowMs = 300
const minute = 60_000
const counts = [3, 1, 5, 2, 8, 1, 1, 10, 4, 6, 2, 7]
const aTake = (given: Partial<TakeTokens> = {}): TakeTokens => ({
  key: 'ip:192.0.2.1',
  perSecond: 10,
  windowMs,
  count: 1,
  ...given,
})

/** Keys that would meet, were they put together or escaped carelessly. */
export const hostileKeys: readonly string[] = [
  '',
  ' ',
  'a',
  'a:b',
  'a:b:c',
  'a::b',
  '{a}:b',
  '{a}',
  '*',
  'a*',
  'a?',
  '[a]',
  'a\r\nb',
  'a\nb',
  'a b',
  'a\u0000b',
  'a\u0000',
  'é',
  'e\u0301',
  '姓名',
  '👩‍💻',
  '$0',
  '"',
  "'; drop table x --",
  'x'.repeat(1_024),
  `${'x'.repeat(1_023)}y`,
]

const rateCases: readonly Case<LimiterBench>[] = [
  {
    id: 'limiter/any-window-holds-at-most-the-rate',
    run: async (bench) => {
      const granted: Granted[] = []
      const takes: Promise<Granted>[] = []
      for (const [index, count] of counts.entries()) {
        takes.push(taking(bench, aTake({ count }), { granted }))
        await bench.pass(index % 3 === 0 ? 70 : 5)
      }
      await drive(bench, 'the grants', Promise.all(takes))
      bench.expect(granted.length).toBe(counts.length)
      bench.expect(mostOf(granted, windowMs - bench.noticedMs) <= 10).toBe(true)
    },
  },
  {
    id: 'limiter/shares-the-rate-as-declared',
    run: async (bench) => {
      const { limiter, other } = bench
      bench.expect(other !== null).toBe(limiter.capabilities.shared)
      const granted: Granted[] = []
      const limiters = other ? [limiter, other] : [limiter]
      const takes = counts.map((count, at) =>
        taking(bench, aTake({ count }), { granted, limiter: limiters[at % limiters.length] ?? limiter }),
      )
      await drive(bench, 'the grants', Promise.all(takes))
      bench.expect(mostOf(granted, windowMs - bench.noticedMs) <= 10).toBe(true)
    },
  },
  {
    id: 'limiter/window-as-long-as-asked',
    run: async (bench) => {
      const long = aTake({ key: 'long', count: 10, windowMs: 700 })
      const first = await drive(bench, 'the first', taking(bench, long))
      const second = await drive(bench, 'the second', taking(bench, long))
      bench.expect(second.at - first.at >= 700 - bench.noticedMs).toBe(true)
    },
  },
  {
    id: 'limiter/first-come-first-granted',
    run: async (bench) => {
      const granted: Granted[] = []
      const wanted = [6, 10, 1, 4, 10, 1].map((count, at) => ({ name: `${at}`, count }))
      const takes = wanted.map(({ name, count }) => taking(bench, aTake({ key: 'line', count }), { name, granted }))
      await drive(bench, 'the grants', Promise.all(takes))
      bench.expect(granted.map(({ name }) => name)).toEqual(wanted.map(({ name }) => name))
    },
  },
  {
    id: 'limiter/keys-do-not-meet',
    run: async (bench) => {
      const whole = (key: string) => taking(bench, { key, perSecond: 3, windowMs: minute, count: 3 })
      const start = bench.now()
      await drive(bench, 'a key of its own', Promise.all(hostileKeys.map(whole)))
      bench.expect(bench.now() - start < minute).toBe(true)
    },
  },
]

const endCases: readonly Case<LimiterBench>[] = [
  {
    id: 'limiter/abort-takes-nothing',
    run: async (bench) => {
      const all = aTake({ key: 'left', count: 10, windowMs: 1_000 })
      const first = await drive(bench, 'the first', taking(bench, all))
      const leaving = new AbortController()
      const left = rejection(bench.limiter.take(all, leaving.signal))
      const next = taking(bench, all)
      await bench.pass(100)
      leaving.abort(new Error('enough'))
      bench.expect(String(await left)).toBe('Error: enough')
      const { at } = await drive(bench, 'the next', next)
      bench.expect(at - first.at < 1_800).toBe(true)
    },
  },
  {
    id: 'limiter/aborted-before',
    run: async (bench) => {
      const aborted = AbortSignal.abort(new Error('late'))
      const refused = rejection(bench.limiter.take(aTake(), aborted))
      bench.expect(String(await drive(bench, 'the refusal', refused))).toBe('Error: late')
      await drive(bench, 'the whole rate', taking(bench, aTake({ count: 10, windowMs: minute })))
    },
  },
  {
    id: 'limiter/refuses-what-cannot-be',
    run: async (bench) => {
      const wrong: readonly Partial<TakeTokens>[] = [
        { count: 0 },
        { count: 11 },
        { count: 1.5 },
        { count: Number.NaN },
        { perSecond: 0 },
        { perSecond: 2.5 },
        { windowMs: 0 },
        { windowMs: 0.5 },
      ]
      const codes: unknown[] = []
      for (const given of wrong) {
        const refused = rejection(bench.limiter.take(aTake(given), never))
        codes.push(codeOf(await drive(bench, 'the refusal', refused)))
      }
      bench.expect(codes).toEqual(wrong.map(() => 'INPUT_INVALID'))
    },
  },
  {
    id: 'limiter/close-rejects-who-waits',
    run: async (bench) => {
      const all = aTake({ key: 'closed', count: 10, windowMs: minute })
      await drive(bench, 'the first', taking(bench, all))
      const waiting = rejection(bench.limiter.take(all, never))
      await bench.pass(20)
      await drive(bench, 'the end of close', bench.limiter.close())
      bench.expect(codeOf(await drive(bench, 'the rejection', waiting))).toBe('SERVICE_STOPPED')
      const late = rejection(bench.limiter.take(aTake(), never))
      bench.expect(codeOf(await drive(bench, 'the refusal', late))).toBe('SERVICE_STOPPED')
    },
  },
]

/** All cases, in the order of their run. */
export const limiterCases: readonly Case<LimiterBench>[] = [...rateCases, ...endCases]
