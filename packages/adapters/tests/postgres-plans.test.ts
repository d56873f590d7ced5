import { fromPg } from '@mailwright/adapters/storage/postgres'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { needs } from '../../../tests/servers/needs.js'
import { begin } from '../src/storage/postgres/pg-client.js'

const url = inject('postgresUrl')
const schema = `mailwright_plans_${process.pid}`
const pool = new pg.Pool({ connectionString: url ?? undefined, max: 2 })

afterAll(async () => {
  if (url !== null) await pool.query(`drop schema if exists ${schema} cascade`)
  await pool.end()
})

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

  it('TRG-1: the records of a send are still looked up by their keys when there are many', async () => {
    for (const key of keys) await storage.read.recordByKey({ scope: 'default', key })
    await storage.read.record({ kind: 'template', account: 'default', id: 'r1' })
    const texts = ['record_key f join', 'k(wanted)'].map((part) => {
      const statement = asked.findLast(({ text }) => text.includes(part) && text.includes(young))
      if (!statement) throw new Error(`nobody asked ${part}`)
      return statement
    })
    const client = await pool.connect()
    try {
      // As a server does of its own accord after five calls that each looked alike.
      await client.query('set plan_cache_mode = force_generic_plan')
      for (const [n, { text, values }] of texts.entries()) {
        await client.query(`prepare young${n} as ${text}`)
        await client.query(
          `execute young${n}(${values.map((value) => client.escapeLiteral(String(value))).join(', ')})`,
        )
      }
      const changes = Array.from({ length: 2_000 }, (_, n) => ({
        type: 'record.put' as const,
        record: recordOf(n),
        expect: 'absent' as const,
        keys: [{ scope: 'default', key: `template:${n}` }],
      }))
      await storage.apply([{ guards: [], changes }])
      for (const [n, { values }] of texts.entries()) {
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(
          `explain execute young${n}(${values.map((value) => client.escapeLiteral(String(value))).join(', ')})`,
        )
        const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
        expect(plan).toContain('Index Scan using record_pkey')
        expect(plan).not.toContain('Seq Scan on record')
      }
      // Nor when it joins what it writes.
      await storage.apply([{ guards: [], changes: [{ type: 'record.put', record: recordOf(7), expect: 1 }] }])
      expect(await planOf(`update "${young}".record t`)).not.toMatch(/Hash|Merge|Seq Scan on record/)
    } finally {
      client.release(true)
    }
  })
})
