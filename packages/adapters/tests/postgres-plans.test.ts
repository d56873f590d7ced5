import { randomUUID } from 'node:crypto'
import { fromPg, postgres } from '@mailwright/adapters/storage/postgres'
import type { MessageRow, Storage } from '@mailwright/core'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest'
import { needs } from '../../../tests/servers/needs.js'
import { aMessage, seen } from '../../conformance/src/storage/builders.js'
import { begin } from '../src/storage/postgres/pg-client.js'

const url = inject('postgresUrl')
const schema = `mailwright_plans_${process.pid}`
const pool = new pg.Pool({ connectionString: url ?? undefined, max: 2 })

afterAll(async () => {
  if (url !== null) await pool.query(`drop schema if exists ${schema} cascade`)
  await pool.end()
})

const newId = () => randomUUID().replaceAll('-', '')

/** That many mails, each stored by its first result. */
const mails = (count: number) => {
  const stored = (message: MessageRow) => seen({ message: message.id, insert: message })
  const items = Array.from({ length: count }, () => stored(aMessage({ id: newId() })))
  return [{ guards: [], changes: [{ type: 'settle' as const, shard: 0, items, follow: [] }] }]
}

interface Statement {
  readonly text: string
  readonly values: unknown[]
}

const asked: Statement[] = []

/** The pool, and what is asked over it and its connections. */
const overheard = {
  query: (statement: Statement | string) => {
    if (typeof statement === 'object') asked.push(statement)
    return pool.query(statement as Statement)
  },
  connect: async () => {
    const client = await pool.connect()
    return Object.assign(Object.create(client), {
      query: (statement: Statement | string) => {
        if (typeof statement === 'object') asked.push(statement)
        return client.query(statement as Statement)
      },
    })
  },
}

/** How the server would do the last statement that holds `part`, where our transactions ask it. */
async function planOf(part: string): Promise<string> {
  const statement = asked.findLast(({ text }) => text.includes(part))
  if (!statement) throw new Error(`nobody asked ${part}`)
  const client = await pool.connect()
  try {
    await client.query(begin)
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${statement.text}`, statement.values)
    await client.query('rollback')
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  } finally {
    client.release()
  }
}

needs('postgres')('plans over a list that has grown since it was analysed', () => {
  const storage = fromPg(overheard, { schema })
  const of = { group: 'g', generation: 0 }
  const count = 20_000

  beforeAll(async () => {
    await storage.migrate()
    await pool.query(`alter table ${schema}.recipient set (autovacuum_enabled = off)`)
    const recipients = Array.from({ length: count }, (_, seq) => {
      const mailbox = `reader${seq}@example.org`
      return { lane: 'other', seq, mailbox, key: mailbox, values: [] }
    })
    await storage.apply([{ guards: [], changes: [{ type: 'recipients.append', ...of, rows: recipients }] }])
  })

  it('GRP-4: known addresses are looked up one by one, so that the hundredth file costs what the first did', async () => {
    const keys = ['reader7@example.org', 'nobody@example.org']
    expect(await storage.read.knownKeys({ ...of, keys })).toEqual(['reader7@example.org'])
    const plan = await planOf('as known')
    expect(plan).toContain('recipient_by_key')
    expect(plan).not.toContain('recipient_pkey')
    expect(plan).not.toContain('Seq Scan on recipient')
  })
})

needs('postgres')('plans made while a table was empty', () => {
  const young = `${schema}_young`
  const storage = fromPg(overheard, { schema: young })
  const keys = ['template:first', 'template:other']

  beforeAll(async () => {
    await storage.migrate()
    await pool.query(`alter table ${young}.record set (autovacuum_enabled = off)`)
    await pool.query(`alter table ${young}.record_key set (autovacuum_enabled = off)`)
  })
  afterAll(() => pool.query(`drop schema if exists ${young} cascade`))

  const recordOf = (n: number) => ({
    id: `r${n}`,
    kind: 'template',
    account: 'default',
    parent: '',
    name: '',
    state: '',
    createdAt: n,
    data: {},
  })

  /** The plans of the last statements with these parts: made before `fill`, as a server does of its own accord after five calls that each looked alike, and kept. */
  async function plansKept(parts: readonly string[], fill: () => Promise<unknown>): Promise<readonly string[]> {
    const client = await pool.connect()
    try {
      await client.query('set plan_cache_mode = force_generic_plan')
      const kept = parts.map((part, n) => {
        const statement = asked.findLast(({ text }) => text.includes(part) && text.includes(young))
        if (!statement) throw new Error(`nobody asked ${part}`)
        const given = statement.values.map((value) => client.escapeLiteral(String(value))).join(', ')
        return { name: `young${n}`, text: statement.text, given }
      })
      for (const { name, text, given } of kept) {
        await client.query(`prepare ${name} as ${text}`)
        await client.query(`execute ${name}(${given})`)
      }
      await fill()
      const plans: string[] = []
      for (const { name, given } of kept) {
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain execute ${name}(${given})`)
        plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'))
      }
      return plans
    } finally {
      client.release(true)
    }
  }

  it('TRG-1: the records of a send are still looked up by their keys when there are many', async () => {
    for (const key of keys) await storage.read.recordByKey({ scope: 'default', key })
    await storage.read.record({ kind: 'template', account: 'default', id: 'r1' })
    const changes = Array.from({ length: 2_000 }, (_, n) => ({
      type: 'record.put' as const,
      record: recordOf(n),
      expect: 'absent' as const,
      keys: [{ scope: 'default', key: `template:${n}` }],
    }))
    const fill = () => storage.apply([{ guards: [], changes }])
    for (const plan of await plansKept(['record_key f join', 'k(wanted)'], fill)) {
      expect(plan).toContain('Index Scan using record_pkey')
      expect(plan).not.toContain('Seq Scan on record')
    }
    // Nor when it joins what it writes.
    await storage.apply([{ guards: [], changes: [{ type: 'record.put', record: recordOf(7), expect: 1 }] }])
    expect(await planOf(`update "${young}".record t`)).not.toMatch(/Hash|Merge|Seq Scan on record/)
  })

  it('ACC-5: quota and epochs of a claim are still looked up by their keys when there are many', async () => {
    await storage.read.quota({ scope: 'd1', day: '2026-11-23' })
    await storage.read.epochs(['e1'])
    const raised = Array.from({ length: 2_000 }, (_, n) => ({
      type: 'quota.raise' as const,
      scope: `d${n}`,
      day: '2026-11-23',
      to: 1,
    }))
    const bumped = { type: 'epoch.bump' as const, keys: Array.from({ length: 2_000 }, (_, n) => `e${n}`) }
    const fill = () => storage.apply([{ guards: [], changes: [...raised, bumped] }])
    const [quota, epochs] = await plansKept(['.quota where', '.epoch where'], fill)
    expect(quota).toContain('Index Scan using quota_pkey')
    expect(epochs).toContain('Index Scan using epoch_pkey')
    expect(`${quota}${epochs}`).not.toMatch(/Seq Scan|Hash Join|Merge Join/)
  })
})

needs('postgres')('plans made while a table was small', () => {
  const small = `${schema}_small`
  afterEach(() => pool.query(`drop schema if exists ${small} cascade`))

  /** How often the tables of mail were read whole, and by their keys, by connections that have ended. */
  const scans = async () => {
    const { rows } = await pool.query<{ whole: number; byKey: number }>(
      `select sum(seq_scan)::int4 as whole, min(idx_scan)::int4 as "byKey" from pg_stat_user_tables
       where schemaname = $1 and relname in ('message', 'message_head')`,
      [small],
    )
    return { whole: rows[0]?.whole ?? 0, byKey: rows[0]?.byKey ?? 0 }
  }

  /** The server counts what a connection has done when it ends. */
  async function withOwn(work: (storage: Storage) => Promise<void>): Promise<void> {
    const storage = postgres({ url: url ?? '', schema: small, maxConnections: 1 })
    await work(storage).finally(() => storage.close())
  }
  async function withHosts(work: (storage: Storage) => Promise<void>): Promise<void> {
    const hosts = new pg.Pool({ connectionString: url ?? undefined, max: 1 })
    await work(fromPg(hosts, { schema: small })).finally(() => hosts.end())
  }

  it.each([
    ['a pool of its own', withOwn],
    ['the pool of the host', withHosts],
  ])(
    'ACC-5: looking up single mail over %s never reads all mail, though there was little at first',
    async (_, withStorage) => {
      const few = mails(100)
      const ids = few
        .flatMap(({ changes }) => changes.flatMap(({ items }) => items.map(({ message }) => message)))
        .slice(0, 20)
      await withStorage(async (storage) => {
        await storage.migrate()
        await storage.apply(few)
        expect(await storage.read.messages(ids)).toHaveLength(ids.length)
      })
      await pool.query(`analyze ${small}.message, ${small}.message_head`)
      await expect.poll(async () => (await scans()).byKey).toBeGreaterThan(0)
      const before = await scans()
      await withStorage(async (storage) => {
        for (const _ of ids) await storage.read.messages(ids)
        await storage.apply(mails(2_000))
        for (const _ of ids) await storage.read.messages(ids)
      })
      await expect.poll(async () => (await scans()).byKey).toBeGreaterThan(before.byKey)
      expect((await scans()).whole).toBe(before.whole)
    },
  )
})
