import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Switches,
  switchAccount,
  switchDomains,
  switchesOf,
  TRACKING_OFF,
  type TrackingSettings,
} from './index.js'

const ids = ['a', 'b', 'c'] as const
const change = fc.record({ opens: fc.boolean(), clicks: fc.boolean() }, { requiredKeys: [] })
const step = fc.oneof(
  fc.record({ type: fc.constant('account' as const), change }),
  fc.record({ type: fc.constant('domains' as const), change, of: fc.subarray([...ids], { minLength: 1 }) }),
  fc.record({ type: fc.constant('new' as const) }),
)

describe('tracking switches', () => {
  it('TRK-2: are off at first, the account sets all its domains, a domain differs afterwards, a new one is as its account', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        // The rule word by word: every domain has switches of its own, and the account writes them all.
        let account: Switches = { opens: false, clicks: false }
        const domains = new Map<string, Switches>(ids.map((id) => [id, account]))
        let settings: TrackingSettings = TRACKING_OFF
        steps.forEach((one, index) => {
          if (one.type === 'account') {
            account = { ...account, ...one.change }
            for (const [id, own] of domains) domains.set(id, { ...own, ...one.change })
            settings = switchAccount(settings, one.change)
          } else if (one.type === 'domains') {
            for (const id of one.of) domains.set(id, { ...account, ...domains.get(id), ...one.change })
            settings = switchDomains(settings, one.of, one.change)
          } else {
            domains.set(`new ${index}`, account)
          }
          for (const [id, own] of domains) expect(switchesOf(settings, id)).toEqual(own)
          expect(settings).toMatchObject(account)
        })
      }),
    )
  })
})
