import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  beginRotation,
  cancelRotation,
  type KeyStanding,
  keysAfterLook,
  nextKeyChangeAt,
  publishedKeys,
  signingKeys,
} from './rotation.js'

const DAY = 86_400_000
const overlapMs = 7 * DAY
const key = (selector: string, state: KeyStanding['state'] = 'publishing', since = 0): KeyStanding => ({
  selector,
  state,
  since,
  retiresAt: null,
})
const statesOf = (keys: readonly KeyStanding[]) =>
  Object.fromEntries(keys.map(({ selector, state }) => [selector, state]))
const old = [key('old', 'active')]

describe('the rotation of DKIM keys', () => {
  it('DOM-8: signs with the old keys until the records of all new ones pass, then retires them after the overlap', () => {
    const begun = beginRotation(old, [key('new-a'), key('new-b')])
    expect(signingKeys(begun)).toEqual(old)
    const half = keysAfterLook(begun, new Set(['old', 'new-a']), { now: DAY, overlapMs })
    expect(half).toEqual(begun)
    const switched = keysAfterLook(half, new Set(['new-a', 'new-b']), { now: 2 * DAY, overlapMs })
    expect(statesOf(switched)).toEqual({ old: 'retiring', 'new-a': 'active', 'new-b': 'active' })
    expect(signingKeys(switched).map(({ selector }) => selector)).toEqual(['new-a', 'new-b'])
    expect(nextKeyChangeAt(switched)).toBe(9 * DAY)
    expect(keysAfterLook(switched, new Set(), { now: 9 * DAY - 1, overlapMs })).toEqual(switched)
    const over = keysAfterLook(switched, new Set(), { now: 9 * DAY, overlapMs })
    expect(statesOf(over)).toEqual({ old: 'retired', 'new-a': 'active', 'new-b': 'active' })
    expect(publishedKeys(over).map(({ selector }) => selector)).toEqual(['new-a', 'new-b'])
    expect(statesOf(beginRotation(over, [key('third')]))).toEqual({
      'new-a': 'active',
      'new-b': 'active',
      third: 'publishing',
    })
  })

  it('DOM-8: at most one rotation at a time; one that has not switched can be taken back', () => {
    const begun = beginRotation(old, [key('new')])
    const refused = expect.objectContaining({ code: 'STATE_INVALID' })
    expect(() => beginRotation(begun, [key('third')])).toThrow(refused)
    expect(cancelRotation(begun)).toEqual(old)
    const switched = keysAfterLook(begun, new Set(['new']), { now: 1, overlapMs })
    expect(() => beginRotation(switched, [key('third')])).toThrow(refused)
    expect(() => cancelRotation(switched)).toThrow(refused)
    expect(() => cancelRotation(old)).toThrow(refused)
  })

  it('DOM-8: whatever happens in whatever order, some key signs, and only keys whose records have passed come to sign', () => {
    const step = fc.oneof(
      fc.record({ type: fc.constant('rotate' as const), count: fc.integer({ min: 1, max: 2 }) }),
      fc.record({ type: fc.constant('cancel' as const) }),
      fc.record({ type: fc.constant('look' as const), pass: fc.array(fc.nat(20)), after: fc.nat(10 * DAY) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let keys: readonly KeyStanding[] = [key('0', 'active')]
        const seen = new Set(['0'])
        let made = 0
        let now = 0
        for (const one of steps) {
          const before = signingKeys(keys)
          try {
            if (one.type === 'rotate')
              keys = beginRotation(
                keys,
                Array.from({ length: one.count }, () => key(String(++made))),
              )
            if (one.type === 'cancel') keys = cancelRotation(keys)
          } catch {
            continue
          }
          if (one.type === 'look') {
            now += one.after
            const passed = new Set(one.pass.map(String))
            for (const selector of passed) seen.add(selector)
            keys = keysAfterLook(keys, passed, { now, overlapMs })
          } else expect(signingKeys(keys)).toEqual(before)
          expect(signingKeys(keys).length).toBeGreaterThan(0)
          for (const { selector } of signingKeys(keys)) expect(seen).toContain(selector)
        }
      }),
    )
  })
})
