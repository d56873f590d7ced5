import type { CustomView } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { changesOf, periodOf } from './modify-period.js'

const now = Date.UTC(2026, 10, 20, 12)
const endless: CustomView = {
  target: 'ann@example.org',
  startsAt: now,
  endsAt: null,
  status: 'active',
  automatic: false,
  reason: 'asked',
  createdAt: now,
}
const ending: CustomView = { ...endless, endsAt: now + 12_345 }

describe('the period of blocked addresses', () => {
  it('changes in nothing that nobody has touched', () => {
    for (const blocks of [[endless], [ending], [endless, ending]]) {
      const period = periodOf(blocks)
      expect(changesOf(period, period, now)).toEqual({ startsAt: undefined })
    }
  })

  it('BLK-4: ends at once by an end in the past, at a time, or never', () => {
    const one = periodOf([endless])
    const lifted = changesOf(one, { ...one, end: 'now' }, now)
    expect(Date.parse(String(lifted.endsAt))).toBeLessThan(now)
    expect(changesOf(one, { ...one, end: 'at', endsAt: '2026-12-01T09:00' }, now).endsAt).toBe(
      new Date('2026-12-01T09:00').toISOString(),
    )
    const other = periodOf([ending])
    expect(changesOf(other, { ...other, end: 'none' }, now).endsAt).toBeNull()
  })

  it('of several keeps each one’s reason unless a new one is given', () => {
    const both = periodOf([endless, ending])
    expect(changesOf(both, { ...both, reason: ' new ' }, now)).toEqual({ startsAt: undefined, reason: 'new' })
  })
})
