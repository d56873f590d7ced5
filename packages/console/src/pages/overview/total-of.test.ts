import { expect, it } from 'vitest'
import { totalOf } from './total-of.js'

it('the figures of an hour are those of its minutes together', () => {
  const minute = { at: 0, sent: 5, delivered: 3, deferred: 1, bounced: 1, rejected: 2 }
  expect(totalOf([minute, { ...minute, at: 60_000, rejected: 0 }])).toEqual({
    sent: 10,
    delivered: 6,
    deferred: 2,
    bounced: 2,
    rejected: 2,
  })
  expect(totalOf([])).toEqual({ sent: 0, delivered: 0, deferred: 0, bounced: 0, rejected: 0 })
})
