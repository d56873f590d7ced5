import { fromPg } from '@mailwright/adapters/storage/postgres'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const url = process.env.MAILWRIGHT_TEST_POSTGRES ?? 'postgres://postgres@127.0.0.1:5432/test'
const schema = `mailwright_plans_${process.pid}`
const pool = new pg.Pool({ connectionString: url, max: 2 })
const reachable = await pool.query('select 1').then(
  () => true,
  () => false,
)

afterAll(async () => {
  if (reachable) await pool.query(`drop schema if exists ${schema} cascade`)
  await pool.end()
})

interface Statement {
  readonly text: string
  readonly values: unknown[]
}

const asked: Statement[] = []

/** The pool, and what is asked over its connections. */
const overheard = {
  query: pool.query.bind(pool),
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
    await client.query('begin; set local enable_seqscan = off')
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${statement.text}`, statement.values)
    await client.query('rollback')
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  } finally {
    client.release()
  }
}

describe.skipIf(!reachable)('plans over a list that has grown since it was analysed', () => {
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
