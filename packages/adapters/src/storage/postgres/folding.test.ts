import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { piecesOf, spanWidths } from './folding.js'

const quarter = 900_000
const day = 86_400_000
const instant = (days: number) => fc.nat(days * 96).map((quarters) => 20_000 * day + quarters * quarter)

describe('pieces of a range', () => {
  it('STA-2: say every instant of it once', () => {
    fc.assert(
      fc.property(instant(200), instant(200), instant(250), (from, to, floor) => {
        const pieces = piecesOf(from, to, floor)
        expect(pieces.length === 0).toBe(from >= to)
        let at = from
        for (const piece of pieces) {
          expect(piece.from).toBe(at)
          expect(piece.to).toBeGreaterThan(piece.from)
          at = piece.to
        }
        expect(at).toBe(from >= to ? from : to)
      }),
    )
  })

  it('STA-2: take a span only if it is whole, and none that reaches below the floor of the purges', () => {
    fc.assert(
      fc.property(instant(200), instant(200), instant(250), (from, to, floor) => {
        for (const piece of piecesOf(from, to, floor)) {
          if (piece.width === 0) continue
          expect([piece.from % piece.width, piece.to % piece.width]).toEqual([0, 0])
          expect(piece.from).toBeGreaterThanOrEqual(floor)
        }
      }),
    )
  })

  it('STA-3: are cells of less than four days and a few dozen spans, for a quarter of a year', () => {
    fc.assert(
      fc.property(instant(100), (from) => {
        const pieces = piecesOf(from, from + 90 * day, 0)
        const lengthOf = (width: number) =>
          pieces.filter((piece) => piece.width === width).reduce((sum, piece) => sum + piece.to - piece.from, 0)
        expect(lengthOf(0)).toBeLessThan(4 * day)
        expect(spanWidths.reduce((sum, width) => sum + lengthOf(width) / width, 0)).toBeLessThan(24)
      }),
    )
  })
})
