import { describe, expect, it } from 'vitest'
import { aContext, type TestContext } from '../../../tests/a-context.js'
import { newWarmUp } from '../../domain/warm-up/index.js'
import { isMailError } from '../../errors/mail-error.js'
import type { StorageReads } from '../../ports/reads.js'
import type { Storage } from '../../ports/storage.js'
import { dkimSealContext } from '../../use-cases/domains/index.js'
import { find } from '../../use-cases/stored.js'
import { domainsOf } from './domains.js'
import { sendersOf } from './senders.js'

/** The quickest keys to make; how many bits they have is not what these tests are about. */
const dkim = 'rsa-1024' as const
const name = 'mail.shop.example'

/** Publishes everything the checklist of a domain asks for. */
async function publish(ctx: TestContext, account: string, domain = name): Promise<void> {
  const { rows } = await domainsOf(ctx, account).get(domain)
  for (const row of rows) ctx.resolver.set(row.name, { txt: [row.expected] })
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => null,
    (cause: unknown) => cause,
  )
  return isMailError(error) ? error.code : String(error)
}

describe('domains.create', () => {
  it('DOM-1: takes an international name in any form and refuses what is no host name below a public suffix', async () => {
    const domains = domainsOf(aContext(), 'acme')
    const made = await domains.create({ name: 'Mail.Bücher.example.', dkim })
    expect(made).toMatchObject({ name: 'mail.xn--bcher-kva.example', unicode: 'mail.bücher.example', state: 'pending' })
    expect((await domains.get('mail.bücher.example')).id).toBe(made.id)
    for (const wrong of ['co.uk', '192.0.2.1', 'localhost', 'a b.example'])
      expect(await codeOf(domains.create({ name: wrong, dkim }))).toBe('DOMAIN_NAME_INVALID')
    expect(await codeOf(domains.create({ name: 'MAIL.bücher.example', dkim }))).toBe('ALREADY_EXISTS')
  })

  it('DOM-1: of thirty creates at once exactly ten succeed, and a delete gives its place back', async () => {
    const domains = domainsOf(aContext({ dns: { spf: [], dkim: 'ours' } }), 'acme')
    const wanted = Array.from({ length: 30 }, (_, at) => codeOf(domains.create({ name: `d${at}.example`, dkim })))
    const codes = await Promise.all(wanted)
    expect(codes.filter((code) => code === 'null')).toHaveLength(10)
    expect(codes.filter((code) => code === 'LIMIT_REACHED')).toHaveLength(20)
    const [first] = (await domains.list()).items
    await domains.delete(first?.name ?? '')
    expect(await codeOf(domains.create({ name: 'one-more.example', dkim }))).toBe('null')
    expect(await codeOf(domains.create({ name: 'two-more.example', dkim }))).toBe('LIMIT_REACHED')
  })

  it('DOM-2: answers the checklist, and never a private key', async () => {
    const ctx = aContext({
      dns: { spf: ['include:spf.operator.example'], bounceMx: 'mx.operator.example', dkim: 'ours' },
    })
    const made = await domainsOf(ctx, 'acme').create({ name, dkim: 'rsa-dual' })
    expect(made.rows.map(({ purpose, host, type, current, status }) => [purpose, host, type, current, status])).toEqual(
      [
        ['mx', 'mail', 'MX', null, 'missing'],
        ['spf', 'mail', 'TXT', null, 'missing'],
        ['dkim', `${made.dkim[0]?.selector}._domainkey.mail`, 'TXT', null, 'missing'],
        ['dkim', `${made.dkim[1]?.selector}._domainkey.mail`, 'TXT', null, 'missing'],
        ['dmarc', '_dmarc.mail', 'TXT', null, 'missing'],
      ],
    )
    expect(made.rows.find(({ purpose }) => purpose === 'spf')?.expected).toBe(
      'v=spf1 include:spf.operator.example ~all',
    )
    expect(JSON.stringify(made)).not.toMatch(/PRIVATE|sealed/)
  })

  it('DOM-8, T22: keeps private keys sealed, bound to their account, domain and selector', async () => {
    const ctx = aContext()
    const { id } = await domainsOf(ctx, 'acme').create({ name, dkim })
    const [key] = (await find(ctx, 'domain', 'acme', id))?.data.keys ?? []
    const sealed = key?.sealed ?? ''
    expect(sealed).not.toContain('PRIVATE')
    expect(ctx.secrets.open(sealed, dkimSealContext('acme', id, key?.selector ?? ''))).toContain('PRIVATE KEY')
    expect(() => ctx.secrets.open(sealed, dkimSealContext('other', id, key?.selector ?? ''))).toThrow()
  })

  it('DOM-6: warns of corporate mail and advises a subdomain, or refuses it by policy', async () => {
    const records = { mx: [{ preference: 10, exchange: 'aspmx.provider.example' }] }
    const ctx = aContext()
    ctx.resolver.set('shop.example', records)
    const made = await domainsOf(ctx, 'acme').create({ name: 'shop.example', dkim })
    expect(made.warnings).toEqual([
      { type: 'corporate-mail', conflict: 'mx', found: ['aspmx.provider.example'], advice: 'mail.shop.example' },
    ])
    const strict = aContext({ policy: { corporateMail: 'refuse' } })
    strict.resolver.set('shop.example', records)
    expect(await codeOf(domainsOf(strict, 'acme').create({ name: 'shop.example', dkim }))).toBe('CORPORATE_MAIL')
    expect((await domainsOf(strict, 'acme').list()).items).toEqual([])
  })

  it('DOM-10: a name trusted by the operator is verified at once without DNS, and shown as such', async () => {
    const ctx = aContext()
    ctx.resolver.fail(name)
    const made = await domainsOf(ctx, 'acme').create({ name, dkim, trust: 'operator' })
    expect(made).toMatchObject({ state: 'verified', trust: 'operator', verifiedAt: ctx.clock.now(), checkedAt: null })
    expect(made.allowance).toMatchObject({ level: 1, dailyLimit: 500, usedToday: 0 })
    expect(await domainsOf(ctx, 'acme').get(name)).toEqual(made)
    expect(await codeOf(domainsOf(ctx, 'other').create({ name, dkim, trust: 'operator' }))).toBe('DOMAIN_LOST')
    expect(await domainsOf(ctx, 'other').create({ name, dkim })).toMatchObject({ state: 'lost', allowance: null })
  })

  it('ACC-4: the same key and body answer the first domain again, another body is a conflict', async () => {
    const domains = domainsOf(aContext(), 'acme')
    const first = await domains.create({ name, dkim, idempotencyKey: 'k' })
    expect(await domains.create({ name, dkim, idempotencyKey: 'k' })).toEqual(first)
    expect(await codeOf(domains.create({ name: 'x.example', dkim, idempotencyKey: 'k' }))).toBe('IDEMPOTENCY_CONFLICT')
  })

  it('names the nearest field for one it does not know', async () => {
    const input = { name, dkimm: 'rsa-1024' } as unknown as { name: string }
    await expect(domainsOf(aContext(), 'acme').create(input)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      details: { problems: [{ field: 'dkimm', nearest: 'dkim' }] },
    })
  })
})

describe('domains.verify', () => {
  it('DOM-3, DOM-4: stores what DNS holds now; all required rows passing make it verified, at the lowest level', async () => {
    const ctx = aContext()
    const domains = domainsOf(ctx, 'acme')
    await domains.create({ name, dkim })
    ctx.resolver.set(`_dmarc.${name}`, { txt: ['v=DMARC1; p=reject'] })
    const first = await domains.verify(name)
    expect(first).toMatchObject({ state: 'pending', checkedAt: ctx.clock.now(), verifiedAt: null, allowance: null })
    expect(first.rows.map(({ purpose, status }) => [purpose, status])).toEqual([
      ['spf', 'missing'],
      ['dkim', 'missing'],
      ['dmarc', 'passed'],
    ])
    expect((await domains.get(name)).rows).toEqual(first.rows)
    await publish(ctx, 'acme')
    const second = await domains.verify(name)
    expect(second).toMatchObject({ state: 'verified', verifiedAt: ctx.clock.now() })
    expect(second.allowance).toMatchObject({ level: newWarmUp('').level, dailyLimit: 500, usedToday: 0 })
  })

  it('DOM-4: a resolver failure is unknown, and never takes the verification away', async () => {
    const ctx = aContext()
    const domains = domainsOf(ctx, 'acme')
    const { rows } = await domains.create({ name, dkim })
    for (const row of rows) ctx.resolver.fail(row.name)
    expect((await domains.verify(name)).rows.map(({ status }) => status)).toEqual(['unknown', 'unknown', 'unknown'])
    await publish(ctx, 'acme')
    await domains.verify(name)
    for (const row of rows) ctx.resolver.fail(row.name)
    const after = await domains.verify(name)
    expect(after.state).toBe('verified')
    expect(after.rows.map(({ status, current }) => [status, current])).toEqual(
      rows.map(({ expected }) => ['unknown', expected]),
    )
    for (const row of rows) ctx.resolver.remove(row.name)
    expect((await domains.verify(name)).state).toBe('verified')
  })

  it('DOM-10: where the transport signs, a domain verifies by DMARC alone; SPF is shown and is advice', async () => {
    const ctx = aContext({ dns: { spf: ['include:spf.operator.example'], dkim: 'transport' } })
    const domains = domainsOf(ctx, 'acme')
    await domains.create({ name, dkim })
    expect((await domains.verify(name)).state).toBe('pending')
    ctx.resolver.set(`_dmarc.${name}`, { txt: ['v=DMARC1; p=none'] })
    ctx.resolver.set(name, { txt: ['v=spf1 -all'] })
    const { state, rows } = await domains.verify(name)
    expect(state).toBe('verified')
    expect(rows.find(({ purpose }) => purpose === 'spf')).toMatchObject({ required: false, status: 'wrong' })
  })

  it('DOM-5: several SPF records are wrong with that reason, ours beside others in one passes', async () => {
    const ctx = aContext()
    const domains = domainsOf(ctx, 'acme')
    await domains.create({ name, dkim })
    const spf = async (...txt: readonly string[]) => {
      ctx.resolver.set(name, { txt })
      return (await domains.verify(name)).rows.find(({ purpose }) => purpose === 'spf')
    }
    expect(await spf('v=spf1 include:spf.operator.example ~all', 'v=spf1 -all')).toMatchObject({ status: 'wrong' })
    expect(await spf('v=spf1 mx include:spf.operator.example -all')).toMatchObject({ status: 'passed' })
  })

  it('DOM-1: the first account to verify owns the name, the others lose it, and win it once it is given up', async () => {
    const ctx = aContext()
    const [a, b] = [domainsOf(ctx, 'a'), domainsOf(ctx, 'b')]
    await a.create({ name, dkim })
    ctx.clock.advance(1)
    await b.create({ name, dkim })
    // DNS holds what both ask for: two accounts of one owner.
    const zone = new Map<string, string>()
    for (const domains of [a, b]) for (const row of (await domains.get(name)).rows) zone.set(row.name, row.expected)
    for (const [host, txt] of zone) ctx.resolver.set(host, { txt: [txt] })
    expect((await b.verify(name)).state).toBe('verified')
    expect((await a.get(name)).state).toBe('lost')
    expect((await a.verify(name)).state).toBe('lost')
    await b.delete(name)
    expect((await a.verify(name)).state).toBe('verified')
  })

  it('DOM-1: of ten accounts that verify at once one owns the name', async () => {
    const ctx = aContext()
    const accounts = Array.from({ length: 10 }, (_, at) => domainsOf(ctx, `account-${at}`))
    const texts = new Map<string, Set<string>>()
    for (const domains of accounts) {
      ctx.clock.advance(1)
      const { rows } = await domains.create({ name, dkim })
      for (const row of rows) texts.set(row.name, (texts.get(row.name) ?? new Set()).add(row.expected))
    }
    for (const [host, txt] of texts) ctx.resolver.set(host, { txt: [...txt] })
    const states = (await Promise.all(accounts.map((domains) => domains.verify(name)))).map(({ state }) => state)
    expect(states.filter((state) => state === 'verified')).toHaveLength(1)
    expect(states.filter((state) => state === 'lost')).toHaveLength(9)
  })

  it('DOM-6: by policy refuses corporate mail at verify too, but keeps the look', async () => {
    const ctx = aContext({ policy: { corporateMail: 'refuse' } })
    const domains = domainsOf(ctx, 'acme')
    await domains.create({ name, dkim })
    await publish(ctx, 'acme')
    ctx.resolver.set(name, {
      txt: ['v=spf1 include:spf.operator.example ~all'],
      mx: [{ preference: 1, exchange: 'mx.other.example' }],
    })
    expect(await codeOf(domains.verify(name))).toBe('CORPORATE_MAIL')
    const kept = await domains.get(name)
    expect(kept).toMatchObject({ state: 'pending', warnings: [{ conflict: 'mx' }], checkedAt: ctx.clock.now() })
  })

  it('ACC-2: does not find the domain of another account', async () => {
    const ctx = aContext()
    const { id } = await domainsOf(ctx, 'acme').create({ name, dkim })
    for (const ref of [id, name]) {
      expect(await codeOf(domainsOf(ctx, 'other').get(ref))).toBe('NOT_FOUND')
      expect(await codeOf(domainsOf(ctx, 'other').delete(ref))).toBe('NOT_FOUND')
    }
  })
})

describe('domains.delete', () => {
  it('DOM-7: a pending domain goes freely, a verified one only without senders, which are named', async () => {
    const ctx = aContext()
    const domains = domainsOf(ctx, 'acme')
    await domains.create({ name: 'pending.example', dkim })
    await domains.delete('pending.example')
    const { id } = await domains.create({ name, dkim, trust: 'operator' })
    const sender = await sendersOf(ctx, 'acme').create({ address: `hello@${name}` })
    await expect(domains.delete(name)).rejects.toMatchObject({ code: 'IN_USE', details: { senders: [sender.id] } })
    await sendersOf(ctx, 'acme').delete(sender.id)
    await domains.delete(name)
    expect((await domains.list()).items).toEqual([])
    expect(await find(ctx, 'warm-up', 'acme', `warm-up:${id}`)).toBeNull()
    expect((await domains.create({ name, dkim, trust: 'operator' })).state).toBe('verified')
  })

  it('DOM-7: a sender created after the delete has looked for senders keeps its domain', async () => {
    const ctx = aContext()
    const { storage } = ctx
    await domainsOf(ctx, 'acme').create({ name, dkim, trust: 'operator' })
    let created = 0
    const between: StorageReads['records'] = async (filter) => {
      const page = await storage.read.records(filter)
      if (filter.kind === 'sender' && created++ === 0) await sendersOf(ctx, 'acme').create({ address: `hello@${name}` })
      return page
    }
    const racing = { ...ctx, storage: { ...storage, read: { ...storage.read, records: between } } }
    const refused = domainsOf(racing, 'acme').delete(name)
    const [sender] = await refused.then(
      () => [],
      async () => (await sendersOf(ctx, 'acme').list()).items,
    )
    await expect(refused).rejects.toMatchObject({ code: 'IN_USE', details: { senders: [sender?.id], tasks: [] } })
    expect((await domainsOf(ctx, 'acme').get(name)).state).toBe('verified')
  })

  it('DOM-7: a sender created after its domain has gone is refused', async () => {
    const ctx = aContext()
    const { storage } = ctx
    await domainsOf(ctx, 'acme').create({ name, dkim, trust: 'operator' })
    const between: Storage['apply'] = async (bundles, options) => {
      await domainsOf(ctx, 'acme').delete(name)
      return storage.apply(bundles, options)
    }
    const racing = { ...ctx, storage: { ...storage, apply: between } }
    expect(await codeOf(sendersOf(racing, 'acme').create({ address: `hello@${name}` }))).toBe('DOMAIN_NOT_VERIFIED')
    expect((await sendersOf(ctx, 'acme').list()).items).toEqual([])
  })

  it('SND-4: a domain used by an unfinished task stays, and the task is named', async () => {
    const ctx = aContext()
    const { id } = await domainsOf(ctx, 'acme').create({ name, dkim, trust: 'operator' })
    const hold = { type: 'hold', kind: 'domain', account: 'acme', ref: id, by: 'task-1', on: true } as const
    await ctx.storage.apply([{ guards: [], changes: [hold] }])
    await expect(domainsOf(ctx, 'acme').delete(id)).rejects.toMatchObject({
      code: 'IN_USE',
      details: { tasks: ['task-1'] },
    })
  })
})
