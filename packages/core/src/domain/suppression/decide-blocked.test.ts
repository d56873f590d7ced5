import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BlockEntry, type BlockKind, isActive, statusOf } from './block-entry.js'
import { invalidEntry } from './create-entry.js'
import { type BlockContext, decideBlocked, indexBlocks } from './decide-blocked.js'
import { lookupKeys } from './lookup-keys.js'

const NOW = Date.UTC(2026, 10, 22)
const DAY = 86_400_000

const anEntry = (kind: BlockKind, changes: Partial<BlockEntry> = {}): BlockEntry => ({
  kind,
  account: 'acme',
  key: 'ann@example.org',
  scope: kind === 'reject' ? 'mail.shop.example' : '',
  startsAt: NOW - DAY,
  endsAt: null,
  reason: 'no-such-user',
  createdAt: NOW - DAY,
  ...changes,
})

const context: BlockContext = {
  account: 'acme',
  senderDomain: 'mail.shop.example',
  now: NOW,
  invalidScope: 'installation',
  trigger: false,
  rejectAppliesTo: 'all',
}

const decide = (entries: readonly BlockEntry[], changes: Partial<BlockContext> = {}) =>
  decideBlocked({ ...context, ...changes, entries })

describe('decideBlocked', () => {
  it('BLK-5: lets everybody pass who is on no list', () => {
    expect(decide([])).toBeNull()
    expect(decide([anEntry('whitelist')])).toBeNull()
  })

  it('TRG-5: asks the custom list first, then invalid addresses, then rejects', () => {
    const all = [anEntry('reject'), anEntry('invalid'), anEntry('custom')]
    expect(decide(all)).toEqual({ by: 'custom', until: null, code: 'CUSTOM_BLOCKED' })
    expect(decide(all.slice(0, 2))).toEqual({ by: 'invalid', until: null, code: 'INVALID_ADDRESS_BLOCKED' })
    expect(decide(all.slice(0, 1))).toEqual({ by: 'reject', until: null, code: 'RECIPIENT_REJECTED' })
  })

  it('BLK-1: an invalid address blocks for all accounts, or only for its own', () => {
    const others = [anEntry('invalid', { account: 'rival' })]
    expect(decide(others)?.by).toBe('invalid')
    expect(decide(others, { invalidScope: 'account' })).toBeNull()
    expect(decide([anEntry('invalid')], { invalidScope: 'account' })?.by).toBe('invalid')
    expect(decide([anEntry('invalid', { scope: 'imported' })])?.by).toBe('invalid')
    expect(decide([anEntry('invalid', { scope: 'imported', account: 'rival' })])).toBeNull()
  })

  it('BLK-1: is released by the clock 180 days after the latest bounce, to the millisecond', () => {
    const first = invalidEntry({ account: 'acme', key: 'ann@example.org', reason: 'no-such-user', now: NOW })
    const later = invalidEntry({
      account: 'rival',
      key: 'ann@example.org',
      reason: 'no-such-user',
      now: NOW + 10 * DAY,
    })
    const end = NOW + 190 * DAY
    expect(decide([first, later], { now: NOW + 10 * DAY })?.until).toBe(end)
    expect(decide([first], { now: NOW + 180 * DAY - 1 })?.until).toBe(NOW + 180 * DAY)
    expect(decide([first], { now: NOW + 180 * DAY })).toBeNull()
    expect(decide([first, later], { now: end - 1 })?.by).toBe('invalid')
    expect(decide([first, later], { now: end })).toBeNull()
  })

  it('BLK-2: the whitelist of the account beats the invalid list and nothing else', () => {
    const white = anEntry('whitelist')
    expect(decide([white, anEntry('invalid')])).toBeNull()
    expect(decide([white, anEntry('invalid'), anEntry('custom')])?.by).toBe('custom')
    expect(decide([white, anEntry('invalid'), anEntry('reject')])?.by).toBe('reject')
    expect(decide([anEntry('whitelist', { account: 'rival' }), anEntry('invalid')])?.by).toBe('invalid')
  })

  it('BLK-3: a reject holds for its sender domain and account only', () => {
    expect(decide([anEntry('reject')], { senderDomain: 'news.shop.example' })).toBeNull()
    expect(decide([anEntry('reject', { account: 'rival' })])).toBeNull()
  })

  it('BLK-3: trigger mail passes a reject if the host says so', () => {
    const entries = [anEntry('reject')]
    expect(decide(entries, { trigger: true })?.by).toBe('reject')
    expect(decide(entries, { trigger: true, rejectAppliesTo: 'non-trigger' })).toBeNull()
    expect(decide(entries, { trigger: false, rejectAppliesTo: 'non-trigger' })?.by).toBe('reject')
  })

  it('BLK-4: a custom block holds for its account, from its start until its end', () => {
    expect(decide([anEntry('custom', { account: 'rival' })])).toBeNull()
    expect(decide([anEntry('custom', { startsAt: NOW + 1 })])).toBeNull()
    expect(decide([anEntry('custom', { startsAt: NOW, endsAt: NOW + 1 })])?.until).toBe(NOW + 1)
    expect(decide([anEntry('custom', { endsAt: NOW })])).toBeNull()
  })

  it('BLK-4: ended rows show as expired, coming ones as coming', () => {
    const spans = [
      { startsAt: NOW + 1 },
      {},
      { endsAt: NOW + 1 },
      { endsAt: NOW },
      { startsAt: NOW + 2, endsAt: NOW - 2 },
    ]
    const entries = spans.map((span) => anEntry('custom', span))
    expect(entries.map((entry) => statusOf(entry, NOW))).toEqual(['coming', 'active', 'active', 'expired', 'expired'])
    expect(entries.map((entry) => isActive(entry, NOW))).toEqual([false, true, true, false, false])
  })
})

/** The rules as plainly as they are told, one sentence after the other; shares nothing with the product. */
function oracle(rows: readonly BlockEntry[], asked: BlockContext, address: string): string | null {
  const domain = address.split('@')[1] ?? ''
  const hits = rows
    .filter(({ key }) => key === address || (key[0] === '@' && `.${domain}`.endsWith(`.${key.slice(1)}`)))
    .filter(({ startsAt, endsAt }) => !(startsAt > asked.now) && !(endsAt !== null && asked.now >= endsAt))
  const mine = hits.filter(({ account }) => account === asked.account)
  if (mine.some(({ kind }) => kind === 'custom')) return 'custom'
  const shared = hits.filter(({ scope }) => scope !== 'imported' && asked.invalidScope === 'installation')
  const invalid = [...mine, ...shared].some(({ kind }) => kind === 'invalid')
  if (invalid && !mine.some(({ kind }) => kind === 'whitelist')) return 'invalid'
  if (asked.trigger && asked.rejectAppliesTo === 'non-trigger') return null
  return mine.some(({ kind, scope }) => kind === 'reject' && scope === asked.senderDomain) ? 'reject' : null
}

describe('indexBlocks', () => {
  it('BLK-5: finds a recipient by address and by whole domain', () => {
    const find = indexBlocks([anEntry('invalid'), anEntry('custom', { key: '@blocked.example' })], context)
    expect(find('ann@example.org')?.by).toBe('invalid')
    expect(find('bob@blocked.example')?.by).toBe('custom')
    expect(find('bob@sub.blocked.example')?.by).toBe('custom')
    expect(find('bob@notblocked.example')).toBeNull()
    expect(find('bob@example.org')).toBeNull()
    expect(indexBlocks([], context)('ann@example.org')).toBeNull()
  })

  it('BLK-5: answers for every recipient of a chunk as asking one by one does', () => {
    const account = fc.constantFrom('acme', 'rival')
    const entry = fc.record({
      kind: fc.constantFrom<BlockKind>('invalid', 'custom', 'reject', 'whitelist'),
      account,
      key: fc.constantFrom('a@x.example', 'b@x.example', 'c@m.y.example', '@x.example', '@y.example', '@m.y.example'),
      scope: fc.constantFrom('', 'mail.shop.example', 'imported'),
      startsAt: fc.integer({ min: NOW - 2, max: NOW + 2 }),
      endsAt: fc.option(fc.integer({ min: NOW - 2, max: NOW + 2 })),
      reason: fc.constant('r'),
      createdAt: fc.constant(NOW),
    })
    const where = fc.record({
      account,
      invalidScope: fc.constantFrom('installation' as const, 'account' as const),
      trigger: fc.boolean(),
      rejectAppliesTo: fc.constantFrom('all' as const, 'non-trigger' as const),
    })
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 12 }), where, (entries, changes) => {
        const asked = { ...context, ...changes }
        const find = indexBlocks(entries, asked)
        for (const key of ['a@x.example', 'b@x.example', 'c@m.y.example', 'd@my.example']) {
          const keys = lookupKeys(key)
          const own = entries.filter((row) => keys.includes(row.key))
          expect(find(key)).toEqual(decideBlocked({ ...asked, entries: own }))
          expect(find(key)?.by ?? null).toBe(oracle(entries, asked, key))
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
