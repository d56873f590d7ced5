import { expect, it } from 'vitest'
import { isQuiet, spansOf } from './queue-spans.js'

const MINUTE = 60_000
const nothing = { sent: 0, delivered: 0, deferred: 0, bounced: 0, rejected: 0 }

it('DLV-1: minutes are added up where a range has too many of them, and none is lost', () => {
  const series = Array.from({ length: 360 }, (_, at) => ({
    ...nothing,
    at: (at + 3) * MINUTE,
    sent: 1,
    bounced: at % 2,
  }))
  const spans = spansOf(series, 360)
  expect(spans[0]).toEqual({ ...nothing, at: 0, sent: 2, bounced: 1 })
  expect(spans[1]).toEqual({ ...nothing, at: 5 * MINUTE, sent: 5, bounced: 2 })
  expect(spans.reduce((sum, { sent }) => sum + sent, 0)).toBe(360)
  expect(spansOf(series.slice(0, 60), 60)).toEqual(series.slice(0, 60))
})

it('a minute in which nothing happened is quiet', () => {
  expect(isQuiet({ ...nothing, at: 5 })).toBe(true)
  expect(isQuiet({ ...nothing, at: 5, rejected: 1 })).toBe(false)
})
