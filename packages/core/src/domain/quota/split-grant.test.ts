import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitGrant } from './index.js'

const lane = fc
  .record({ total: fc.integer({ min: 0, max: 50_000 }), part: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ total, part }) => ({ total, granted: Math.floor(total * part) }))
const lanes = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'gmail', 'qq', 'other'), lane)

describe('splitGrant', () => {
  it('TSK-6: gives out exactly what is available, never a row twice, never past a lane', () => {
    fc.assert(
      fc.property(
        lanes,
        fc.integer({ min: 0, max: 60_000 }),
        fc.integer({ min: 100, max: 500 }),
        (given, available, chunk) => {
          const ranges = splitGrant({ lanes: given, available, chunk })
          let sum = 0
          for (const [name, { granted, total }] of Object.entries(given)) {
            let next = granted
            for (const range of ranges.filter((r) => r.lane === name)) {
              expect(range.from).toBe(next)
              expect(range.to).toBeGreaterThan(range.from)
              expect(range.to - range.from).toBeLessThanOrEqual(chunk)
              next = range.to
            }
            expect(next).toBeLessThanOrEqual(total)
            sum += next - granted
          }
          const left = Object.values(given).reduce((rest, { granted, total }) => rest + total - granted, 0)
          expect(sum).toBe(Math.min(available, left))
        },
      ),
      { numRuns: 100 },
    )
  })

  it('serves the lanes in proportion to what is left, to the row', () => {
    fc.assert(
      fc.property(lanes, fc.integer({ min: 0, max: 60_000 }), (given, available) => {
        const left = Object.values(given).reduce((rest, { granted, total }) => rest + total - granted, 0)
        const ranges = splitGrant({ lanes: given, available })
        for (const [name, { granted, total }] of Object.entries(given)) {
          const got = ranges.filter((r) => r.lane === name).reduce((rows, r) => rows + r.to - r.from, 0)
          const due = left === 0 ? 0 : (Math.min(available, left) * (total - granted)) / left
          expect(Math.abs(got - due)).toBeLessThan(1)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('lets the lanes take turns chunk by chunk', () => {
    const given = { gmail: { granted: 0, total: 3_000 }, qq: { granted: 200, total: 1_200 } }
    expect(splitGrant({ lanes: given, available: 2_000 })).toEqual([
      { lane: 'gmail', from: 0, to: 500 },
      { lane: 'qq', from: 200, to: 700 },
      { lane: 'gmail', from: 500, to: 1_000 },
      { lane: 'gmail', from: 1_000, to: 1_500 },
    ])
  })

  it('gives out nothing when nothing is available or nothing is left', () => {
    expect(splitGrant({ lanes: { a: { granted: 0, total: 10 } }, available: 0 })).toEqual([])
    expect(splitGrant({ lanes: { a: { granted: 0, total: 10 } }, available: -5 })).toEqual([])
    expect(splitGrant({ lanes: { a: { granted: 10, total: 10 } }, available: 5 })).toEqual([])
    expect(splitGrant({ lanes: {}, available: 5 })).toEqual([])
  })
})
