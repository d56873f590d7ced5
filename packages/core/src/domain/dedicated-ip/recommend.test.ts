import { describe, expect, it } from 'vitest'
import { recommend } from './recommend.js'

const of = (...rates: number[]) =>
  recommend(
    rates.map((qps) => ({ qps })),
    30,
  )

describe('recommend', () => {
  it.each([
    [[200], 7, 8],
    [[200, 200, 200], 21, 24],
    [[0], 1, 2],
    [[30], 1, 2],
    [[30.5], 2, 3],
    [[1, 31, 0.2], 4, 7],
  ])('DIP-2: for %j it is at least %i, better %i', (rates, minimum, recommended) => {
    expect(of(...rates)).toEqual({ minimum, recommended })
  })
})
