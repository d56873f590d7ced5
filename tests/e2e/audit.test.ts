import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { fromPg, pglite } from '@mailwright/adapters/storage/postgres'
import { type AuditView, type BeginAuditInput, codes, type Storage } from '@mailwright/core'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { needs, urlOf } from '../servers/needs.js'
import { aService, DAY, START } from './a-service.js'

const begun: BeginAuditInput = {
  actor: 'ann',
  role: 'admin',
  verb: 'tasks.pause',
  target: { id: 'task-1' },
  requestId: 'req-1',
}

const cases = (fresh: () => Storage) => () => {
  it('T31, ACC-2: a record begins without an outcome, gets one once, and no other account sees it', async () => {
    const { mail, clock } = await aService({ storage: fresh() })
    const { audit } = mail.account('acme')
    const end = await audit.begin(begun)
    const record: AuditView = {
      id: expect.any(String),
      at: START,
      actor: 'ann',
      role: 'admin',
      verb: 'tasks.pause',
      target: { id: 'task-1' },
      outcome: null,
      requestId: 'req-1',
    }
    expect((await audit.list()).items).toEqual([record])
    await end('STATE_INVALID')
    await Promise.all([end('done'), end('NOT_FOUND')])
    expect((await audit.list()).items).toEqual([{ ...record, outcome: 'STATE_INVALID' }])
    await clock.stepBy(1_000)
    const { requestId: _, ...unnamed } = begun
    await (await audit.begin({ ...unnamed, actor: null }))('done')
    expect((await audit.list()).items).toEqual([
      { ...record, id: expect.any(String), at: START + 1_000, actor: null, requestId: null, outcome: 'done' },
      { ...record, outcome: 'STATE_INVALID' },
    ])
    expect((await mail.audit.list()).items).toEqual([])
    expect((await mail.account('other').audit.list()).items).toEqual([])
  })

  it('T31: is listed newest first, by time, actor and verb', async () => {
    const { mail, clock } = await aService({ storage: fresh() })
    for (const [at, actor, verb] of [
      [0, 'ann', 'tasks.pause'],
      [1, 'bob', 'tasks.pause'],
      [2, 'ann', 'groups.create'],
      [3, 'key:x', 'send'],
    ] as const) {
      clock.stepTo(START + at * 1_000)
      await mail.audit.begin({ ...begun, actor, verb, target: {} })
    }
    const found = async (input: Parameters<typeof mail.audit.list>[0]) =>
      (await mail.audit.list(input)).items.map(({ at }) => (at - START) / 1_000)
    expect(await found({})).toEqual([3, 2, 1, 0])
    expect(await found({ from: START + 1_000, to: START + 3_000 })).toEqual([2, 1])
    expect(await found({ to: new Date(START + 1_000) })).toEqual([0])
    expect(await found({ actor: 'ann' })).toEqual([2, 0])
    expect(await found({ verb: 'tasks.pause' })).toEqual([1, 0])
    expect(await found({ actor: 'ann', verb: 'tasks.pause' })).toEqual([0])
    const first = await mail.audit.list({ limit: 3 })
    expect(await found({ limit: 3, cursor: first.next ?? '' })).toEqual([0])
  })

  it('T31: 200 calls at once leave 200 records with their outcomes, in few commits', async () => {
    const inner = fresh()
    let applied = 0
    const storage: Storage = Object.assign(Object.create(inner), {
      apply: (...given: Parameters<Storage['apply']>) => {
        applied += 1
        return inner.apply(...given)
      },
    })
    const { mail } = await aService({ storage })
    const outcomes = ['done', ...Object.keys(codes)] as readonly NonNullable<AuditView['outcome']>[]
    applied = 0
    await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        const end = await mail.audit.begin({ ...begun, target: { n: `${n}` } })
        await end(outcomes[n % outcomes.length] ?? 'done')
      }),
    )
    expect(applied).toBeLessThan(40)
    const { items } = await mail.audit.list({ limit: 1_000 })
    const kept = Object.fromEntries(items.map(({ target, outcome }) => [target.n, outcome]))
    expect(items).toHaveLength(200)
    for (let n = 0; n < 200; n += 1) expect(kept[n], `${n}`).toBe(outcomes[n % outcomes.length])
  })
}

describe(
  'the audit, on memory',
  cases(() => memoryStorage()),
)
describe(
  'the audit, on PGlite',
  cases(() => pglite('memory://')),
)
needs('postgres')('the audit, on Postgres', () => {
  const pool = new pg.Pool({ connectionString: urlOf('postgres'), max: 10 })
  const schemas: string[] = []
  afterAll(async () => {
    for (const schema of schemas) await pool.query(`drop schema if exists ${schema} cascade`)
    await pool.end()
  })
  describe(
    'with ten connections',
    cases(() => {
      const schema = `e2e_audit_${process.pid}_${schemas.length}`
      schemas.push(schema)
      return fromPg(pool, { schema })
    }),
  )
})

describe('the audit', () => {
  it('T31: when it cannot be stored that a call begins, the call is not begun', async () => {
    const inner = memoryStorage()
    let away = false
    const storage: Storage = Object.assign(Object.create(inner), {
      apply: (...given: Parameters<Storage['apply']>) =>
        away ? Promise.reject(new Error('the storage is away')) : inner.apply(...given),
    })
    const { mail } = await aService({ storage })
    away = true
    await expect(mail.audit.begin(begun)).rejects.toThrow('the storage is away')
    away = false
    const end = await mail.audit.begin(begun)
    away = true
    await expect(end('done')).rejects.toThrow('the storage is away')
    away = false
    expect((await mail.audit.list()).items).toMatchObject([{ outcome: null }])
    await end('done')
    expect((await mail.audit.list()).items).toMatchObject([{ outcome: 'done' }])
  })

  it('T31, ERR-2: holds no local part and no key, whatever the path named', async () => {
    const { mail, storage } = await aService()
    const { key } = await mail.apiKeys.create({ name: 'shop', role: 'admin' })
    const end = await mail.audit.begin({
      ...begun,
      target: { sender: 'ann.miller@readers.example', id: key },
      requestId: 'ann.miller@readers.example',
    })
    await end('done')
    const { items } = await storage.read.records({ kind: 'audit', order: 'oldest', limit: 9 })
    const text = JSON.stringify(items)
    expect(text).toContain('@readers.example')
    for (const secret of ['ann.miller', key.slice(-32)]) expect(text).not.toContain(secret)
  })

  it.each([
    [{ ...begun, verb: 'tasks.destroy' }, 'verb'],
    [{ ...begun, role: 'owner' }, 'role'],
    [{ ...begun, actor: '' }, 'actor'],
    [{ ...begun, actor: 'x'.repeat(201) }, 'actor'],
    [{ ...begun, target: { id: 7 } }, 'target.id'],
  ])('T31: refuses what is no record (%#)', async (input, field) => {
    const { mail } = await aService()
    await expect(mail.audit.begin(input as BeginAuditInput)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      details: { field },
    })
    const end = await mail.audit.begin(begun)
    await expect(end('DONE' as 'done')).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })

  it('T31, DLV-4: records go after 400 days, or after as many as the operator says', async () => {
    for (const [policy, days] of [
      [{}, 400],
      [{ retention: { auditDays: 3 } }, 3],
    ] as const) {
      const { mail, clock } = await aService({ policy })
      for (let n = 0; n < 250; n += 1) await mail.audit.begin({ ...begun, target: { n: `${n}` } })
      clock.stepTo(START + DAY)
      await mail.audit.begin(begun)
      clock.stepTo(START + days * DAY)
      await mail.tick()
      expect((await mail.audit.list({ limit: 1_000 })).items).toHaveLength(251)
      clock.stepTo(START + days * DAY + DAY)
      await mail.tick()
      expect((await mail.audit.list({ limit: 1_000 })).items).toHaveLength(1)
      expect((await mail.health()).retention?.removed.audit).toBe(250)
    }
  })
})
