import { expect, it } from 'vitest'
import { boundOf } from './replay-bounds.js'

it('a period of parked events is bounded by what is given, and by nothing else', () => {
  expect(boundOf('2026-11-20T09:30', 'from')).toBe(new Date(2026, 10, 20, 9, 30).getTime())
  expect(boundOf('', 'from')).toBe(0)
  expect(new Date(boundOf('', 'to')).getTime()).toBeGreaterThan(Date.UTC(9999, 0))
})
