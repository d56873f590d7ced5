import { expect, it } from 'vitest'
import { Problem } from '../../api/problem.js'
import { shortageOf } from './shortage-of.js'

it('DIP-1: a refused application says how many are free, 0 among them', () => {
  const details = { field: 'count', free: 0, wanted: 3 }
  expect(shortageOf(new Problem('IPS_EXHAUSTED', '', 422, details))).toEqual({ free: 0, wanted: 3 })
  expect(shortageOf(new Problem('SCENARIO_MIXED', '', 422, { field: 'domains' }))).toBeNull()
  expect(shortageOf(new Error('free'))).toBeNull()
})
