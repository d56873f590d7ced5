import { describe, expect, it } from 'vitest'
import { aContext } from '../../../tests/a-context.js'
import { isMailError } from '../../errors/mail-error.js'
import { domainsOf } from './domains.js'
import { sendersOf } from './senders.js'

const name = 'mail.shop.example'

async function aVerifiedDomain(...names: readonly string[]) {
  const ctx = aContext()
  for (const one of [name, ...names]) {
    await domainsOf(ctx, 'acme').create({ name: one, dkim: 'rsa-1024', trust: 'operator' })
    ctx.clock.advance(1)
  }
  return { ctx, senders: sendersOf(ctx, 'acme') }
}

const codeOf = (call: Promise<unknown>): Promise<string | null> =>
  call.then(
    () => null,
    (error: unknown) => (isMailError(error) ? error.code : String(error)),
  )

describe('senders', () => {
  it('SND-1: of 1,000 creates at once exactly ten succeed, and a delete makes room for one', async () => {
    const { senders } = await aVerifiedDomain()
    const calls = Array.from({ length: 1_000 }, (_, at) => codeOf(senders.create({ address: `box-${at}@${name}` })))
    const codes = await Promise.all(calls)
    expect(codes.filter((code) => code === null)).toHaveLength(10)
    expect(codes.filter((code) => code === 'LIMIT_REACHED')).toHaveLength(990)
    const { items } = await senders.list({ domain: name, limit: 1_000 })
    expect(items).toHaveLength(10)
    await senders.delete(items[0]?.address ?? '')
    expect(await codeOf(senders.create({ address: `new@${name}` }))).toBeNull()
    expect(await codeOf(senders.create({ address: `newer@${name}` }))).toBe('LIMIT_REACHED')
  })

  it('SND-1: a sender deleted twice at once gives its place back once', async () => {
    const { senders } = await aVerifiedDomain()
    for (let at = 0; at < 10; at++) await senders.create({ address: `box-${at}@${name}` })
    const codes = await Promise.all([1, 2, 3].map(() => codeOf(senders.delete(`box-3@${name}`))))
    expect(codes.filter((code) => code === null)).toHaveLength(1)
    expect(await codeOf(senders.create({ address: `a@${name}` }))).toBeNull()
    expect(await codeOf(senders.create({ address: `b@${name}` }))).toBe('LIMIT_REACHED')
  })

  it('SND-2: needs a verified domain of the account, a valid prefix and a clean name', async () => {
    const { ctx, senders } = await aVerifiedDomain()
    await domainsOf(ctx, 'acme').create({ name: 'pending.example', dkim: 'rsa-1024' })
    expect(await codeOf(senders.create({ address: 'hello@pending.example' }))).toBe('DOMAIN_NOT_VERIFIED')
    expect(await codeOf(senders.create({ address: 'hello@unknown.example' }))).toBe('DOMAIN_NOT_VERIFIED')
    expect(await codeOf(sendersOf(ctx, 'other').create({ address: `hello@${name}` }))).toBe('DOMAIN_NOT_VERIFIED')
    for (const prefix of ['', 'a b', 'a..b', 'ä', 'x'.repeat(65)])
      expect(await codeOf(senders.create({ address: `${prefix}@${name}` }))).toBe('ADDRESS_INVALID')
    for (const display of ['Shop: news', 'Shop\r\nBcc: x@y.example', 'Shop\u0000'])
      expect(await codeOf(senders.create({ address: `hello@${name}`, name: display }))).toBe('SENDER_NAME_INVALID')
    expect(await senders.create({ address: `Hello@${name}`, name: 'Müller & Co' })).toMatchObject({
      address: `Hello@${name}`,
      name: 'Müller & Co',
    })
  })

  it('SND-2: a lost claim takes no sender', async () => {
    const { ctx } = await aVerifiedDomain()
    await domainsOf(ctx, 'other').create({ name, dkim: 'rsa-1024' })
    expect(await codeOf(sendersOf(ctx, 'other').create({ address: `hello@${name}` }))).toBe('DOMAIN_LOST')
  })

  it('SND-3: the same address twice is an error, in whatever case, also at once', async () => {
    const { senders } = await aVerifiedDomain()
    const spellings = [`hello@${name}`, `HELLO@${name}`, `hello@${name.toUpperCase()}`]
    const codes = await Promise.all(spellings.map((address) => codeOf(senders.create({ address }))))
    expect([...codes].sort()).toEqual(['ALREADY_EXISTS', 'ALREADY_EXISTS', null].sort())
    expect((await senders.list()).items).toHaveLength(1)
  })

  it('SND-4: a sender that an unfinished task uses is not deleted, and the task is named', async () => {
    const { ctx, senders } = await aVerifiedDomain()
    const { id } = await senders.create({ address: `hello@${name}` })
    const hold = (on: boolean) =>
      ({ type: 'hold', kind: 'sender', account: 'acme', ref: id, by: 'task-1', on }) as const
    await ctx.storage.apply([{ guards: [], changes: [hold(true)] }])
    await expect(senders.delete(id)).rejects.toMatchObject({ code: 'IN_USE', details: { tasks: ['task-1'] } })
    expect((await senders.list()).items).toHaveLength(1)
    await ctx.storage.apply([{ guards: [], changes: [hold(false)] }])
    await senders.delete(id)
    expect((await senders.list()).items).toEqual([])
  })

  it('ACC-2: lists and deletes only what is the account’s own, page by page and by domain', async () => {
    const { ctx, senders } = await aVerifiedDomain('news.shop.example')
    for (const address of [`a@${name}`, `b@${name}`, 'c@news.shop.example']) {
      ctx.clock.advance(1)
      await senders.create({ address })
    }
    const first = await senders.list({ limit: 2 })
    const second = await senders.list({ limit: 2, cursor: first.next ?? '' })
    expect([...first.items, ...second.items].map(({ address }) => address)).toEqual([
      'c@news.shop.example',
      `b@${name}`,
      `a@${name}`,
    ])
    expect(second.next).toBeNull()
    expect((await senders.list({ domain: 'news.shop.example' })).items).toHaveLength(1)
    expect((await sendersOf(ctx, 'other').list()).items).toEqual([])
    expect(await codeOf(sendersOf(ctx, 'other').delete(`a@${name}`))).toBe('NOT_FOUND')
  })

  it('ACC-4: a repeated create answers the first sender', async () => {
    const { senders } = await aVerifiedDomain()
    const input = { address: `hello@${name}`, idempotencyKey: 'once' }
    expect(await senders.create(input)).toEqual(await senders.create(input))
  })
})
