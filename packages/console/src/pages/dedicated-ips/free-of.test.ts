import { expect, it } from 'vitest'
import { Problem } from '../../api/problem.js'
import { freeOf } from './free-of.js'

it('DIP-1: a refused application says how many are free, 0 among them', () => {
  expect(freeOf(new Problem('IPS_EXHAUSTED', '', 422, { field: 'count', free: 0, wanted: 3 }))).toBe(0)
  expect(freeOf(new Problem('SCENARIO_MIXED', '', 422, { field: 'domains' }))).toBeNull()
  expect(freeOf(new Error('free'))).toBeNull()
})
