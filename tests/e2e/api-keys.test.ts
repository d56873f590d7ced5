import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { fromPg, pglite } from '@mailwright/adapters/storage/postgres'
import { isMailError, type Storage } from '@mailwright/core'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { needs, urlOf } from '../servers/needs.js'
import { aService, DAY, START } from './a-service.js'

const shop = { name: 'shop', role: 'sender' } as const
const codesOf = (settled: readonly PromiseSettledResult<unknown>[]) =>
  settled.map((one) => (one.status === 'fulfilled' ? 'made' : isMailError(one.reason) ? one.reason.code : one.reason))

describe('API keys', () => {
  it('ACC-3: are shown once, listed newest first without what opens anything, and work until they are revoked', async () => {
    const { mail, clock } = await aService()
    const first = await mail.apiKeys.create({ name: ' first ', role: 'viewer' })
    clock.stepTo(START + 1)
    const second = await mail.apiKeys.create({ ...shop, tags: { team: 'growth' }, expiresAt: START + DAY })
    expect(second).toEqual({
      id: expect.any(String),
      ...shop,
      tags: { team: 'growth' },
      createdAt: START + 1,
      expiresAt: START + DAY,
      key: expect.stringMatching(/^mw_[a-z2-7]{16}_[a-z2-7]{32}$/),
    })
    const list = await mail.apiKeys.list()
    expect(list.items.map(({ name }) => name)).toEqual(['shop', 'first'])
    expect(JSON.stringify(list)).not.toContain(second.key.slice(-32))
    expect(await mail.authenticate(first.key)).toEqual({
      account: 'default',
      role: 'viewer',
      tags: {},
      actor: `key:${first.id}`,
    })
    expect((await mail.apiKeys.list()).items).toMatchObject([
      { name: 'shop', lastUsedAt: null },
      { name: 'first', lastUsedAt: Date.UTC(2026, 10, 23) },
    ])
    await mail.apiKeys.revoke(first.id)
    expect(await mail.authenticate(first.key)).toBeNull()
    await expect(mail.apiKeys.revoke(first.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await mail.apiKeys.list()).items.map(({ id }) => id)).toEqual([second.id])
  })

  it('ACC-3: one that has expired opens nothing, at that very instant', async () => {
    const { mail, clock } = await aService()
    const { key } = await mail.apiKeys.create({ ...shop, expiresAt: START + 1_000 })
    clock.stepTo(START + 999)
    expect(await mail.authenticate(key)).not.toBeNull()
    clock.stepTo(START + 1_000)
    expect(await mail.authenticate(key)).toBeNull()
    for (const expiresAt of [START, START + 1_000, 0])
      await expect(mail.apiKeys.create({ ...shop, expiresAt })).rejects.toMatchObject({
        code: 'INPUT_INVALID',
        details: { field: 'expiresAt' },
      })
  })

  it('ACC-3: one that is revoked by another process opens nothing after five seconds', async () => {
    const { mail, clock, storage } = await aService()
    const twin = await aService({ storage, clock })
    const { id, key } = await mail.apiKeys.create(shop)
    expect(await twin.mail.authenticate(key)).not.toBeNull()
    await mail.apiKeys.revoke(id)
    expect(await mail.authenticate(key)).toBeNull()
    await clock.stepBy(5_000)
    expect(await twin.mail.authenticate(key)).toBeNull()
  })

  it('ACC-2, ACC-3: belong to one account: no other sees, revokes or becomes it', async () => {
    const { mail } = await aService()
    const { id, key } = await mail.account('acme').apiKeys.create({ name: 'shop', role: 'admin' })
    const other = mail.account('other')
    expect((await other.apiKeys.list()).items).toEqual([])
    await expect(other.apiKeys.revoke(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await mail.authenticate(key)).toMatchObject({ account: 'acme', role: 'admin' })
  })

  it('ACC-3: the tags of a key are checked as those of a domain are', async () => {
    const { mail } = await aService()
    await expect(mail.apiKeys.create({ ...shop, tags: { team: 'x'.repeat(257) } })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      details: { field: 'tags' },
    })
  })
})

const cases = (fresh: () => Storage) => () => {
  it('ACC-3: there are never more than the limit of an account, however many calls race; a revoked one makes room', async () => {
    const policy = { apiKeysPerAccount: 5 }
    const storage = fresh()
    const { mail, clock } = await aService({ storage, policy })
    const create = (n: number) => mail.apiKeys.create({ ...shop, name: `key ${n}` })
    const codes = codesOf(await Promise.allSettled(Array.from({ length: 40 }, (_, n) => create(n))))
    expect(codes.filter((code) => code === 'made')).toHaveLength(5)
    expect(codes.filter((code) => code === 'LIMIT_REACHED')).toHaveLength(35)
    expect((await mail.apiKeys.list()).items).toHaveLength(5)
    await mail.account('other').apiKeys.create(shop)
    const id = (await mail.apiKeys.list()).items[0]?.id ?? ''
    const revoked = codesOf(await Promise.allSettled([1, 2, 3].map(() => mail.apiKeys.revoke(id))))
    expect(revoked.toSorted()).toEqual(['NOT_FOUND', 'NOT_FOUND', 'made'])
    await create(99)
    await expect(create(100)).rejects.toMatchObject({ code: 'LIMIT_REACHED', details: { limit: 5 } })
    await clock.stepBy(1)
    const newest = await mail.apiKeys.list({ limit: 2 })
    const rest = await mail.apiKeys.list({ limit: 10, cursor: newest.next ?? '' })
    expect([newest.items.length, rest.items.length]).toEqual([2, 3])
  })
}

describe(
  'API keys, on memory',
  cases(() => memoryStorage()),
)
describe(
  'API keys, on PGlite',
  cases(() => pglite('memory://')),
)
needs('postgres')('API keys, on Postgres', () => {
  const schema = `e2e_keys_${process.pid}`
  const pool = new pg.Pool({ connectionString: urlOf('postgres'), max: 10 })
  afterAll(async () => {
    await pool.query(`drop schema if exists ${schema} cascade`)
    await pool.end()
  })
  describe(
    'with ten connections',
    cases(() => fromPg(pool, { schema })),
  )
})
