import { describe, expect, it } from 'vitest'
import { isMailError } from '../../errors/mail-error.js'
import {
  type CustomInput,
  customEntry,
  invalidEntry,
  mailboxFullEntry,
  modifyEntry,
  rejectEntry,
  whitelistEntry,
} from './create-entry.js'
import { blockKeyOf, lookupKeys } from './lookup-keys.js'

const NOW = Date.UTC(2026, 10, 22, 12)
const DAY = 86_400_000
const input = { account: 'acme', key: 'ann@example.org', reason: 'no-such-user', now: NOW }

const custom = (changes: Partial<CustomInput> = {}) =>
  customEntry({ account: 'acme', target: 'ann@example.org', reason: 'asked', now: NOW, timeZone: 'UTC', ...changes })

function detailsOf(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    if (isMailError(error)) return { code: error.code, ...error.details }
    throw error
  }
  return 'no error'
}

describe('entries', () => {
  it('BLK-1: an invalid address is blocked for 180 days from the bounce, or as the host says', () => {
    expect(invalidEntry(input)).toEqual({
      kind: 'invalid',
      account: 'acme',
      key: 'ann@example.org',
      scope: '',
      startsAt: NOW,
      endsAt: NOW + 180 * DAY,
      reason: 'no-such-user',
      createdAt: NOW,
    })
    expect(invalidEntry({ ...input, releaseAfterDays: 30 }).endsAt).toBe(NOW + 30 * DAY)
  })

  it('BLK-2, BLK-3: a reject of a sender domain and a whitelisting have no end', () => {
    expect(rejectEntry({ ...input, senderDomain: 'mail.shop.example' })).toMatchObject({
      kind: 'reject',
      scope: 'mail.shop.example',
      endsAt: null,
    })
    expect(whitelistEntry(input)).toMatchObject({ kind: 'whitelist', scope: '', endsAt: null })
  })

  it('BLK-4: a full mailbox is blocked for 7 days on the own list', () => {
    expect(mailboxFullEntry(input)).toMatchObject({ kind: 'custom', endsAt: NOW + 7 * DAY })
  })
})

describe('customEntry', () => {
  it.each([
    ['Ann@EXAMPLE.org', 'ann@example.org'],
    [' @Example.org ', '@example.org'],
    ['bücher.example', '@xn--bcher-kva.example'],
  ])('BLK-4: blocks an address or a whole domain: %s', (target, key) => {
    expect(custom({ target })).toMatchObject({ kind: 'custom', key, startsAt: NOW, endsAt: null })
  })

  it.each(['@com', 'two words', '', '@', 'a@b@c', 'a@b.example,c@d.example'])(
    'BLK-4: refuses %j as a target',
    (target) => {
      expect(detailsOf(() => blockKeyOf(target))).toMatchObject({
        code: expect.stringMatching(/^(ADDRESS|DOMAIN_NAME)_INVALID$/),
      })
    },
  )

  it.each([
    ['UTC', Date.UTC(2027, 0, 31)],
    ['Asia/Shanghai', Date.UTC(2027, 0, 30, 16)],
    ['America/New_York', Date.UTC(2027, 0, 31, 5)],
  ])('BLK-4: a date means 00:00 in policy.timeZone: %s', (timeZone, endsAt) => {
    expect(custom({ timeZone, startsAt: '2026-01-01', endsAt: '2027-01-31' }).endsAt).toBe(endsAt)
  })

  it('BLK-4: a date begins once, where midnight is missing or comes twice', () => {
    expect(custom({ timeZone: 'America/Sao_Paulo', startsAt: '2018-11-04' }).startsAt).toBe(Date.UTC(2018, 10, 4, 3))
    expect(custom({ timeZone: 'America/Havana', startsAt: '2026-11-01' }).startsAt).toBe(Date.UTC(2026, 10, 1, 4))
  })

  it('BLK-4: takes a time with an offset, without one, or an instant', () => {
    const timeZone = 'Asia/Shanghai'
    expect(custom({ timeZone, endsAt: '2027-01-31T10:00:00Z' }).endsAt).toBe(Date.UTC(2027, 0, 31, 10))
    expect(custom({ timeZone, endsAt: '2027-01-31T10:00' }).endsAt).toBe(Date.UTC(2027, 0, 31, 2))
    expect(custom({ timeZone, endsAt: NOW + 5 }).endsAt).toBe(NOW + 5)
  })

  it('ERR-3: names the field of a time it cannot read', () => {
    for (const endsAt of ['31.1.2027', '2027-02-30', '', 'x'.repeat(10_000), Number.NaN, 1.5]) {
      expect(detailsOf(() => custom({ endsAt }))).toMatchObject({ code: 'INPUT_INVALID', field: 'endsAt' })
    }
    expect(detailsOf(() => custom({ startsAt: '2027-01-02', endsAt: '2027-01-01' }))).toMatchObject({ field: 'endsAt' })
    expect(detailsOf(() => custom({ endsAt: '2027-01-01', timeZone: 'Mars/Base' }))).toMatchObject({
      field: 'timeZone',
    })
  })
})

describe('modifyEntry', () => {
  it('BLK-4: changes any row, also one blocked by itself; what is not given stays', () => {
    const row = invalidEntry(input)
    expect(modifyEntry(row, { endsAt: '2027-01-01', timeZone: 'UTC' })).toEqual({
      ...row,
      endsAt: Date.UTC(2027, 0, 1),
    })
    expect(modifyEntry(row, { endsAt: null, reason: 'kept', timeZone: 'UTC' })).toEqual({
      ...row,
      endsAt: null,
      reason: 'kept',
    })
    expect(modifyEntry(row, { startsAt: NOW + 1, timeZone: 'UTC' })).toEqual({ ...row, startsAt: NOW + 1 })
  })

  it('BLK-4: an end in the past lifts at once', () => {
    const lifted = modifyEntry(mailboxFullEntry(input), { endsAt: '2020-01-01', timeZone: 'UTC' })
    expect(lifted.endsAt).toBeLessThan(NOW)
  })
})

describe('lookupKeys', () => {
  it('BLK-5: are the address, its whole domain and each domain above', () => {
    expect(lookupKeys('ann@example.org')).toEqual(['ann@example.org', '@example.org'])
    expect(lookupKeys('ann@a.b.example.org')).toEqual([
      'ann@a.b.example.org',
      '@a.b.example.org',
      '@b.example.org',
      '@example.org',
    ])
    expect(lookupKeys('"a@b"@example.org')).toEqual(['"a@b"@example.org', '@example.org'])
  })
})
