import { describe, expect, it } from 'vitest'
import { customEntry, invalidEntry, whitelistEntry } from './create-entry.js'
import { invalidView } from './invalid-view.js'

const NOW = Date.UTC(2026, 10, 22)
const DAY = 86_400_000
const bounce = (account: string, now = NOW) =>
  invalidEntry({ account, key: 'ann@example.org', reason: 'no-such-user', now })
const whitelisting = (account: string) => whitelistEntry({ account, key: 'ann@example.org', reason: 'known', now: NOW })

describe('invalidView', () => {
  it('BLK-2: tells an account that its own mail bounced', () => {
    expect(invalidView([bounce('acme')], 'acme', NOW + DAY)).toEqual({
      triggeredBy: 'you',
      alsoAnother: false,
      reason: 'no-such-user',
      at: NOW,
      releaseAt: NOW + 180 * DAY,
      whitelisted: false,
    })
  })

  it('BLK-2: says that it was another, never who', () => {
    const view = invalidView([bounce('rival-inc')], 'acme', NOW)
    expect(view).toMatchObject({ triggeredBy: 'another', alsoAnother: false })
    expect(JSON.stringify(view)).not.toContain('rival-inc')
  })

  it('BLK-2: shows the own bounce first, that another lives too, and the end of the last one', () => {
    const view = invalidView([bounce('acme'), bounce('rival', NOW + DAY)], 'acme', NOW + DAY)
    expect(view).toMatchObject({ triggeredBy: 'you', alsoAnother: true, at: NOW, releaseAt: NOW + 181 * DAY })
  })

  it('BLK-2: shows the whitelisting of the caller beside the bounce, not that of another', () => {
    expect(invalidView([bounce('acme'), whitelisting('acme')], 'acme', NOW)?.whitelisted).toBe(true)
    expect(invalidView([bounce('acme'), whitelisting('rival')], 'acme', NOW)?.whitelisted).toBe(false)
  })

  it('BLK-1: knows nothing of released rows, of other lists, and of others under account scope', () => {
    expect(invalidView([bounce('acme')], 'acme', NOW + 180 * DAY)).toBeNull()
    const custom = customEntry({ account: 'acme', target: 'ann@example.org', reason: 'r', now: NOW, timeZone: 'UTC' })
    expect(invalidView([custom], 'acme', NOW)).toBeNull()
    expect(invalidView([bounce('rival')], 'acme', NOW, 'account')).toBeNull()
  })
})
