import { fromPg, postgres, printMigrations } from '@mailwright/adapters/storage/postgres'
import { storageConformance, storageModelCase } from '@mailwright/conformance'
import { type Change, isMailError, type MailError, type Storage } from '@mailwright/core'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { needs } from '../../../tests/servers/needs.js'

const url = inject('postgresUrl')
const pool = new pg.Pool({ connectionString: url ?? undefined, max: 12 })
const schema = `mailwright_test_${process.pid}`

const empty = async (): Promise<void> => {
  const { rows } = await pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = $1 and tablename <> 'migration'`,
    [schema],
  )
  await pool.query(rows.map(({ name }) => `delete from ${schema}.${name};`).join(''))
}

const pipelining = new pg.Pool({ connectionString: url ?? undefined, max: 12, pipeline: true })

afterAll(async () => {
  if (url !== null) await pool.query(`drop schema if exists ${schema} cascade`)
  await Promise.all([pool.end(), pipelining.end()])
})

beforeAll(async () => {
  if (url !== null) await fromPg(pool, { schema }).migrate()
})

needs('postgres')('storage', () => {
  describe.each([
    ['postgres', pool],
    ['postgres over connections that pipeline', pipelining],
  ] as const)('%s', (_name, connections) => {
    const create = async (): Promise<Storage> => {
      await empty()
      return fromPg(connections, { schema })
    }
    storageConformance({
      runner: { describe, it, expect },
      create,
      reopen: async (former: Storage) => {
        await former.close()
        return fromPg(connections, { schema })
      },
      transaction: async (_storage, use) => {
        const client = await connections.connect()
        try {
          await client.query('begin')
          await use(client)
          await client.query('commit')
        } catch (error) {
          await client.query('rollback')
          throw error
        } finally {
          client.release()
        }
      },
    })
    storageModelCase({ runner: { describe, it, expect }, create, runs: 20 })
  })
})

const failure = async (promise: Promise<unknown>): Promise<MailError> => {
  const error: unknown = await promise.then(
    () => null,
    (cause: unknown) => cause,
  )
  if (!isMailError(error)) throw new Error('a MailError was expected', { cause: error })
  return error
}

const aRecord = (id: string): Change => ({
  type: 'record.put',
  expect: 'absent',
  record: { kind: 'thing', account: 'acme', id, parent: '', name: '', state: '', createdAt: 1, data: {} },
})

needs('postgres')('the schema in Postgres', () => {
  const fresh = `${schema}_fresh`
  const other = `${schema}_other`
  const drop = () => pool.query(`drop schema if exists ${fresh} cascade; drop schema if exists ${other} cascade`)
  beforeEach(drop)
  afterAll(drop)

  it('HOST-2: is made once by many who start at the same time', async () => {
    await Promise.all(Array.from({ length: 6 }, () => fromPg(pool, { schema: fresh }).migrate()))
    const { rows } = await pool.query(`select version from ${fresh}.migration order by version`)
    expect(rows.length).toBeGreaterThan(0)
    await fromPg(pool, { schema: fresh, migrate: 'check' }).migrate()
  })

  it('HOST-2: is only looked at under check, which names what is missing', async () => {
    const checking = fromPg(pool, { schema: fresh, migrate: 'check' })
    const error = await failure(checking.migrate())
    expect(error.code).toBe('MIGRATIONS_PENDING')
    expect(error.details.pending).toContain('1 tables')
    expect((await pool.query('select 1 from pg_namespace where nspname = $1', [fresh])).rows).toEqual([])
  })

  it('HOST-2: is complete when printMigrations was applied by hand', async () => {
    await pool.query(printMigrations(fresh))
    await fromPg(pool, { schema: fresh, migrate: 'check' }).migrate()
  })

  it('HOST-2: goes on where a killed migration stopped', async () => {
    await fromPg(pool, { schema: fresh }).migrate()
    await pool.query(
      `drop function ${fresh}.claim_work, ${fresh}.rank_ends; delete from ${fresh}.migration where version > 1`,
    )
    expect((await failure(fromPg(pool, { schema: fresh, migrate: 'check' }).migrate())).details.pending).toEqual([
      '2 claim',
      '3 growth',
      '4 claim-plans',
    ])
    await fromPg(pool, { schema: fresh }).migrate()
    await fromPg(pool, { schema: fresh, migrate: 'check' }).migrate()
  })

  it('HOST-2: keeps services of different schemas apart', async () => {
    const [one, two] = [fromPg(pool, { schema: fresh }), fromPg(pool, { schema: other })]
    await Promise.all([one.migrate(), two.migrate()])
    await one.apply([{ guards: [], changes: [aRecord('r1')] }])
    expect(await two.read.record({ kind: 'thing', account: 'acme', id: 'r1' })).toBeNull()
  })

  it('takes any name that Postgres takes, and refuses others', async () => {
    expect(() => fromPg(pool, { schema: 'pg_mail' })).toThrow(expect.objectContaining({ code: 'OPTIONS_INVALID' }))
    expect(printMigrations('a"b; drop')).toContain('"a""b; drop".record')
  })
})

needs('postgres')('errors of Postgres', () => {
  it('ERR-2: name adapter and operation and none of the values', async () => {
    const storage = fromPg(pool, { schema: `${schema}_missing` })
    const error = await failure(storage.apply([{ guards: [], changes: [aRecord('secret-id')] }]))
    expect(error).toMatchObject({
      code: 'ADAPTER_FAILED',
      cause: { adapter: 'postgres', operation: 'apply', code: '42P01' },
    })
    expect(`${String(error)} ${String(error.cause)} ${JSON.stringify(error.details)}`).not.toContain('secret-id')
  })

  it('REL-4: an unreachable server is STORAGE_UNAVAILABLE at the first use, not before', async () => {
    const storage = postgres({ url: 'postgres://nobody@127.0.0.1:1/none' })
    expect((await failure(storage.time())).code).toBe('STORAGE_UNAVAILABLE')
    await storage.close()
    expect((await failure(storage.time())).details).toMatchObject({ state: 'closed' })
  })

  it('a connection cut off in the middle rejects and leaves nothing', async () => {
    const cut = new pg.Pool({ connectionString: url ?? undefined, max: 2 })
    cut.on('error', () => undefined)
    const storage = fromPg(cut, { schema })
    const blocker = await pool.connect()
    await blocker.query('begin')
    await blocker.query(`lock table ${schema}.record in access exclusive mode`)
    const apply = failure(storage.apply([{ guards: [], changes: [aRecord('cut')] }]))
    const find = `select pid from pg_stat_activity where wait_event_type = 'Lock' and query like $1`
    let pids: readonly { readonly pid: number }[] = []
    while (pids.length === 0) pids = (await pool.query<{ pid: number }>(find, [`%"${schema}".record%`])).rows
    for (const { pid } of pids) await pool.query('select pg_terminate_backend($1)', [pid])
    expect((await apply).code).toBe('STORAGE_UNAVAILABLE')
    await blocker.query('rollback')
    blocker.release()
    expect(await storage.read.record({ kind: 'thing', account: 'acme', id: 'cut' })).toBeNull()
    await cut.end()
  })
})

needs('postgres')('time in Postgres', () => {
  it('is the stepped clock where one is given, else the clock of the server', async () => {
    const stepped = fromPg(pool, { schema, clock: { now: () => 42, sleepUntil: async () => undefined } })
    expect(await stepped.time()).toBe(42)
    const { rows } = await pool.query<{ now: string }>('select extract(epoch from clock_timestamp()) * 1000 as now')
    const time = await fromPg(pool, { schema }).time()
    expect(Number.isInteger(time)).toBe(true)
    expect(time).toBeGreaterThanOrEqual(Math.floor(Number(rows[0]?.now)))
  })
})

needs('postgres')('work in Postgres', () => {
  it('claims of 20 workers at once lease each row once', async () => {
    await empty()
    const storage = fromPg(pool, { schema })
    const item = (n: number) => ({
      id: `w${n}`,
      kind: 'k',
      key: `${n}`,
      account: 'a',
      parent: '',
      lane: '',
      rank: n,
      dueAt: n,
      ref: {},
    })
    await storage.apply([
      { guards: [], changes: [{ type: 'work.put', items: Array.from({ length: 400 }, (_, n) => item(n)) }] },
    ])
    const claim = (n: number) =>
      storage.claim({
        kinds: ['k'],
        now: 1000,
        leaseUntil: 2000,
        expiredBefore: 0,
        token: `t${n}`,
        limit: 20,
        exceptLanes: [],
      })
    const claimed = (await Promise.all(Array.from({ length: 20 }, (_, n) => claim(n)))).flat()
    expect(new Set(claimed.map(({ id }) => id)).size).toBe(claimed.length)
    expect(claimed.length).toBe(400)
  })
})
