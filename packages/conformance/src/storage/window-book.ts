import type { Change, Instant, Storage } from '@mailwright/core'
import { second, t0 } from './builders.js'
import { mustApply, race, refusalOf, type StorageCase } from './case.js'

type Booking = Extract<Change, { type: 'window.book' }>

const aBooking = (given: Partial<Booking> = {}): Booking => ({
  type: 'window.book',
  key: 'ip',
  count: 1,
  from: t0,
  windowMs: second,
  limit: 3,
  ...given,
})

/** When it was booked, after t0. */
const book = async (storage: Storage, given: Partial<Booking> = {}): Promise<number> => {
  const [outcome] = await mustApply(storage, [aBooking(given)])
  if (outcome?.type !== 'booked') throw new Error('window.book answered no instant')
  return outcome.at - t0
}

const most = (hits: readonly { readonly at: Instant; readonly count: number }[]): number =>
  Math.max(
    ...hits.map(({ at }) =>
      hits.filter((hit) => hit.at >= at && hit.at < at + second).reduce((sum, { count }) => sum + count, 0),
    ),
  )

export const windowBookCases: readonly StorageCase[] = [
  {
    id: 'storage/window/books-when-there-is-room',
    run: async ({ storage, expect }) => {
      const booked = [
        await book(storage, { count: 2 }),
        await book(storage, { count: 1, from: t0 + 10 }),
        await book(storage, { count: 1, from: t0 + 20 }),
        await book(storage, { count: 3, from: t0 + 30 }),
        await book(storage, { key: 'other', count: 3, from: t0 + 30 }),
        await book(storage, { count: 1, from: t0 + 9_000 }),
      ]
      expect(booked).toEqual([0, 10, 1_000, 2_000, 30, 9_000])
    },
  },
  {
    id: 'storage/window/books-what-fits',
    run: async ({ storage, expect }) => {
      const outcomes = await mustApply(storage, [
        aBooking({ count: 2 }),
        aBooking({ count: 3, least: 1, from: t0 + 10 }),
        aBooking({ count: 3, least: 2, from: t0 + 20 }),
      ])
      const booked = (at: number, count: number) => ({ type: 'booked', at: t0 + at, count })
      expect(outcomes).toEqual([booked(0, 2), booked(10, 1), booked(1_000, 2)])
    },
  },
  {
    id: 'storage/window/books-for-a-clock-that-is-behind',
    run: async ({ storage, expect }) => {
      const booked = [
        await book(storage, { count: 3, from: t0 + 400 }),
        await book(storage, { count: 1, from: t0 }),
        await book(storage, { count: 2, from: t0 + 1_300 }),
      ]
      expect(booked).toEqual([400, 1_400, 1_400])
    },
  },
  {
    id: 'storage/window/takes-back-what-was-not-used',
    run: async ({ storage, expect }) => {
      await book(storage, { count: 3 })
      const at = await book(storage, { count: 2, from: t0 + 100, unused: { at: t0, count: 2 } })
      const next = await book(storage, { count: 1, from: t0 + 100 })
      await book(storage, { count: 0, from: t0 + 100, unused: { at: t0 + 100, count: 1 } })
      await book(storage, { count: 0, from: t0 + 100, unused: { at: t0 + 7, count: 9 } })
      expect([at, next, await book(storage, { count: 1, from: t0 + 100 })]).toEqual([100, 1_000, 1_000])
    },
  },
  {
    id: 'storage/window/refused-bundle-books-nothing',
    run: async ({ storage, expect }) => {
      const refused = await refusalOf(storage, [
        aBooking({ count: 3 }),
        { type: 'quota.take', scope: 'd', day: '2026-11-23', count: 2, ceiling: 1 },
      ])
      expect([refused, await book(storage, { count: 3 })]).toEqual(['quota', 0])
    },
  },
  {
    id: 'storage/window/booked-by-many-at-once',
    run: async ({ storage, expect }) => {
      const booked = await race(30, async (racer) => {
        const count = 1 + (racer % 3)
        return { count, at: await book(storage, { count, from: t0 + racer, limit: 5 }) }
      })
      expect(most(booked)).toBe(5)
      expect(Math.max(...booked.map(({ at }) => at)) <= 20_000).toBe(true)
    },
  },
]
