import { describe, expect, it } from 'vitest'
import { localTime, nextMorning, timeZones } from './local-time.js'

describe('a time in a zone', () => {
  it('TSK-1: is what a clock there shows', () => {
    const instant = Date.parse('2026-12-24T23:30:00Z')
    expect(localTime(instant, 'UTC')).toBe('2026-12-24T23:30')
    expect(localTime(instant, 'Europe/Berlin')).toBe('2026-12-25T00:30')
    expect(localTime(instant, 'Asia/Kolkata')).toBe('2026-12-25T05:00')
  })

  it('is proposed for the next morning there', () => {
    const instant = Date.parse('2026-12-24T23:30:00Z')
    expect(nextMorning(instant, 'UTC')).toBe('2026-12-25T09:00')
    expect(nextMorning(instant, 'Europe/Berlin')).toBe('2026-12-26T09:00')
  })

  it('is of UTC or any zone that the browser knows, each once', () => {
    const zones = timeZones()
    expect(zones).toContain('UTC')
    expect(zones).toContain('Europe/Berlin')
    expect(new Set(zones).size).toBe(zones.length)
  })
})
