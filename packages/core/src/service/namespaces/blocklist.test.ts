import { describe, expect, it } from 'vitest'
import { aContext, NOON, type TestContext } from '../../../tests/a-context.js'
import { invalidEntry, rejectEntry } from '../../domain/suppression/index.js'
import { isMailError } from '../../errors/mail-error.js'
import { blocksFor } from '../../use-cases/block-lookup.js'
import { blocklistOf } from './blocklist.js'

const DAY = 86_400_000
const ann = 'ann@example.org'

const codeOf = (call: Promise<unknown>): Promise<string | null> =>
  call.then(
    () => null,
    (error: unknown) => (isMailError(error) ? error.code : String(error)),
  )

/** A hard bounce of the account's mail, as the dispatch path stores it. */
const bounced = async (ctx: TestContext, account: string, key = ann) => {
  const entry = invalidEntry({ account, key, reason: '5.1.1', now: ctx.clock.now() })
  await ctx.storage.apply([{ guards: [], changes: [{ type: 'block.put', items: [entry] }] }])
}

/** Why mail of the account to the address is refused just now. */
const blockOf = async (ctx: TestContext, account: string, key = ann) => {
  const ask = await blocksFor(ctx, { account, senderDomain: 'mail.shop.example', trigger: true }, [key])
  return ask(key)?.code ?? null
}

describe('blocklist.invalid', () => {
  it('BLK-1: blocks for all accounts, for 180 days from the latest bounce, released by the clock', async () => {
    const ctx = aContext()
    const [a, b] = [blocklistOf(ctx, 'a'), blocklistOf(ctx, 'b')]
    await bounced(ctx, 'a')
    expect(await b.lookup(ann)).toMatchObject({
      address: ann,
      invalid: { triggeredBy: 'another', reason: '5.1.1', at: NOON },
    })
    ctx.clock.advance(10 * DAY)
    await bounced(ctx, 'a')
    expect((await a.lookup(ann)).invalid).toMatchObject({ triggeredBy: 'you', releaseAt: NOON + 190 * DAY })
    ctx.clock.advance(180 * DAY - 1)
    expect(await blockOf(ctx, 'b')).toBe('INVALID_ADDRESS_BLOCKED')
    ctx.clock.advance(1)
    expect(await blockOf(ctx, 'b')).toBeNull()
    expect((await a.lookup(ann)).invalid).toBeNull()
    expect((await a.invalid.mine()).items).toMatchObject([{ address: ann, status: 'expired' }])
    expect((await a.invalid.list()).items).toEqual([])
  })

  it('BLK-1: with the scope of an account, bounces of others do not exist for it', async () => {
    const ctx = aContext({ policy: { invalidScope: 'account' } })
    await bounced(ctx, 'a')
    expect((await blocklistOf(ctx, 'b').lookup(ann)).invalid).toBeNull()
    expect((await blocklistOf(ctx, 'a').lookup(ann)).invalid).not.toBeNull()
  })

  it('BLK-2: a lookup of many says who triggered, never which other account', async () => {
    const ctx = aContext()
    await bounced(ctx, 'secret-tenant')
    await bounced(ctx, 'a', 'bob@example.org')
    const found = await blocklistOf(ctx, 'a').lookup([ann, 'BOB@example.org', 'cy@example.org'])
    expect(found.map(({ address, invalid }) => [address, invalid?.triggeredBy ?? null])).toEqual([
      [ann, 'another'],
      ['BOB@example.org', 'you'],
      ['cy@example.org', null],
    ])
    expect(JSON.stringify(found)).not.toContain('secret-tenant')
  })

  it('BLK-2: the whitelist is per account, beats only the invalid list, and stays until it is taken off', async () => {
    const ctx = aContext()
    const a = blocklistOf(ctx, 'a')
    await bounced(ctx, 'b')
    await a.invalid.whitelist({ addresses: ann })
    expect([await blockOf(ctx, 'a'), await blockOf(ctx, 'c')]).toEqual([null, 'INVALID_ADDRESS_BLOCKED'])
    expect(await a.lookup(ann)).toMatchObject({
      whitelisted: true,
      invalid: { triggeredBy: 'another', whitelisted: true },
    })
    // A hard bounce of its own shows beside it.
    await bounced(ctx, 'a')
    expect((await a.invalid.list({ whitelisted: true })).items).toMatchObject([
      { address: ann, whitelisted: true, invalid: { triggeredBy: 'you', alsoAnother: true } },
    ])
    await a.custom.add({ addresses: [ann] })
    expect(await blockOf(ctx, 'a')).toBe('CUSTOM_BLOCKED')
    await a.custom.remove(ann)
    await a.invalid.whitelist({ addresses: [ann], on: false })
    expect(await blockOf(ctx, 'a')).toBe('INVALID_ADDRESS_BLOCKED')
    expect((await a.invalid.list({ whitelisted: true })).items).toEqual([])
  })

  it('BLK-2: remove deletes the caller’s own row; while another’s lives the answer says so', async () => {
    const ctx = aContext()
    const a = blocklistOf(ctx, 'a')
    for (const account of ['a', 'b']) await bounced(ctx, account)
    await bounced(ctx, 'a', 'bob@example.org')
    expect(await a.invalid.remove([ann, 'bob@example.org', 'cy@example.org'])).toEqual([
      { address: ann, removed: true, stillListed: true },
      { address: 'bob@example.org', removed: true, stillListed: false },
      { address: 'cy@example.org', removed: false, stillListed: false },
    ])
    expect((await a.lookup(ann)).invalid).toMatchObject({ triggeredBy: 'another', alsoAnother: false })
    expect((await blocklistOf(ctx, 'b').invalid.mine()).items).toHaveLength(1)
    expect(await blockOf(ctx, 'c', 'bob@example.org')).toBeNull()
  })

  it('BLK-2: my trigger list has its own rows only, filtered and page by page', async () => {
    const ctx = aContext()
    const { mine } = blocklistOf(ctx, 'a').invalid
    for (let at = 0; at < 9; at++) await bounced(ctx, 'a', `p${at}@${at % 2 ? 'odd' : 'even'}.example`)
    await bounced(ctx, 'b', 'other@odd.example')
    const found: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await mine({ contains: '@ODD', limit: 3, ...(cursor ? { cursor } : {}) })
      expect(page.items.length).toBeLessThanOrEqual(3)
      found.push(...page.items.map(({ address }) => address))
      cursor = page.next
    }
    expect(found).toEqual([1, 3, 5, 7].map((at) => `p${at}@odd.example`))
  })
})

describe('blocklist.custom', () => {
  it('BLK-4: blocks addresses and whole domains of this account, from a start to an end', async () => {
    const ctx = aContext({ policy: { timeZone: 'Europe/Berlin' } })
    const { custom } = blocklistOf(ctx, 'a')
    const added = await custom.add({
      addresses: ['Ann@Example.org', ann],
      domains: ['@blocked.example'],
      startsAt: '2026-11-24',
      endsAt: '2026-11-26',
      reason: 'asked us',
    })
    expect(added).toEqual({ added: 2, replaced: 0 })
    expect(await blockOf(ctx, 'a')).toBeNull()
    ctx.clock.advance(11 * 3_600_000)
    expect([await blockOf(ctx, 'a'), await blockOf(ctx, 'b')]).toEqual(['CUSTOM_BLOCKED', null])
    expect(await blockOf(ctx, 'a', 'anyone@blocked.example')).toBe('CUSTOM_BLOCKED')
    ctx.clock.advance(2 * DAY)
    expect(await blockOf(ctx, 'a')).toBeNull()
    expect((await custom.list()).items).toMatchObject([
      { target: '@blocked.example', status: 'expired' },
      { target: ann, status: 'expired', reason: 'asked us' },
    ])
    expect(await custom.add({ addresses: [ann] })).toEqual({ added: 0, replaced: 1 })
    expect((await custom.list({ status: 'active' })).items).toHaveLength(1)
  })

  it('BLK-4: an end in the past lifts at once; what is not on the list is not found', async () => {
    const ctx = aContext()
    const { custom } = blocklistOf(ctx, 'a')
    await custom.add({ addresses: [ann] })
    await custom.modify({ targets: ann, endsAt: '2020-01-01' })
    expect(await blockOf(ctx, 'a')).toBeNull()
    await custom.modify({ targets: [ann], endsAt: null, reason: 'again' })
    expect(await blockOf(ctx, 'a')).toBe('CUSTOM_BLOCKED')
    expect(await codeOf(custom.modify({ targets: [ann, 'bob@example.org'], endsAt: 0 }))).toBe('NOT_FOUND')
    expect(await blockOf(ctx, 'a')).toBe('CUSTOM_BLOCKED')
    expect(await custom.remove([ann, 'bob@example.org'])).toEqual({ removed: 1 })
  })

  it('ERR-2: one bad address refuses the whole call and is named by its place, not by itself', async () => {
    const ctx = aContext()
    const { custom } = blocklistOf(ctx, 'a')
    const error: unknown = await custom.add({ addresses: [ann, 'very secret@'] }).catch((cause: unknown) => cause)
    expect(error).toMatchObject({ code: 'ADDRESS_INVALID', details: { field: 'addresses.1' } })
    expect(JSON.stringify(error)).not.toContain('secret')
    expect((await custom.list()).items).toEqual([])
    expect(await codeOf(custom.add({ domains: [ann] }))).toBe('DOMAIN_NAME_INVALID')
    expect(await codeOf(custom.add({}))).toBe('INPUT_INVALID')
  })

  it('REL-5: each write that may block moves the account’s epoch and is heard in this process', async () => {
    const ctx = aContext()
    const { custom, invalid } = blocklistOf(ctx, 'a')
    const epoch = async () => (await ctx.storage.read.epochs(['blocks:a']))[0]
    const writes = [
      () => custom.add({ addresses: [ann] }),
      () => custom.modify({ targets: ann, endsAt: null }),
      () => invalid.whitelist({ addresses: ann, on: false }),
    ]
    for (const [index, write] of writes.entries()) {
      await write()
      expect([await epoch(), ctx.bumpedKeys]).toEqual([index + 1, Array.from({ length: index + 1 }, () => 'blocks:a')])
    }
  })

  it('BLK-3: shows for which sender domains a recipient has said no', async () => {
    const ctx = aContext()
    const entry = rejectEntry({
      account: 'a',
      key: ann,
      reason: 'unsubscribe',
      now: NOON,
      senderDomain: 'news.shop.example',
    })
    await ctx.storage.apply([{ guards: [], changes: [{ type: 'block.put', items: [entry] }] }])
    const rejects = [{ senderDomain: 'news.shop.example', reason: 'unsubscribe', at: NOON }]
    expect(await blocklistOf(ctx, 'a').lookup(ann)).toMatchObject({ invalid: null, rejects })
    expect((await blocklistOf(ctx, 'b').lookup(ann)).rejects).toEqual([])
  })
})
