import { randomUUID } from 'node:crypto'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { fromPg, pglite } from '@mailwright/adapters/storage/postgres'
import type { Storage } from '@mailwright/core'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { aFullService, fill, type Held } from '../../packages/http/tests/a-full-account.js'
import { asked, type OperationCall, operationCalls } from '../../packages/http/tests/operation-calls.js'
import { needs, urlOf } from '../servers/needs.js'

const QUOTES = ["'", '"', '`', '$$', "\\'", "''", '%27', '\u02bc', '\uff07']
const BREAKS = ['', ')', '))', ' ', '/**/', '\n', ';', "||'", '::text']
const DEEDS = [
  'OR 1=1',
  'OR true',
  'UNION SELECT null,null,null',
  'UNION ALL SELECT current_user',
  'AND pg_sleep(9)=1',
  ';DROP TABLE records',
  ';DELETE FROM records',
  ';UPDATE records SET account=$1',
  'ORDER BY 99',
  'LIKE %',
  'SIMILAR TO (a|b)*',
  ";COPY records TO '/tmp/x'",
  "->>'account'",
  "@> '{}'",
  'RETURNING *',
]
const ENDS = ['--', ' -- ', '/*', '#', '', ';']
/** 1,500 of them, the same in each run. */
const LINES = QUOTES.flatMap((quote) =>
  BREAKS.flatMap((gap) => DEEDS.flatMap((deed) => ENDS.map((end) => `x${quote}${gap}${deed}${end}`))),
).filter((_, at) => at % 4 === 0)

/** What matches by wildcard or escape in SQL and by nothing in a text. */
const WILDCARDS = ['%', '_', '\\', '%%', 'a%', '%a%', '_nn@example.org', 'ann@example.or_', '\\%', '[a-z]*', '.*']

type Leaf = (line: string) => OperationCall

/** The call with one of its texts, parameters or path segments put in place of another, for each that it has. */
function leavesOf(call: OperationCall, held: Held): readonly Leaf[] {
  const ids = Object.values(held).filter((id) => call.path.includes(id))
  const [path = '', query = ''] = call.path.split('?')
  const inPath = ids.map(
    (id): Leaf =>
      (line) => ({ ...call, path: call.path.replace(id, encodeURIComponent(line)) }),
  )
  const inQuery = [...new URLSearchParams(query).keys()].map(
    (name): Leaf =>
      (line) => {
        const params = new URLSearchParams(query)
        params.set(name, line)
        return { ...call, path: `${path}?${params}` }
      },
  )
  const json = call.json
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json)
  const inBody = (isObject ? Object.keys(json) : []).map(
    (name): Leaf =>
      (line) => ({
        ...call,
        json: { ...(json as object), [name]: line },
      }),
  )
  return [...inPath, ...inQuery, ...inBody]
}

/** Status, code and how many were found: what two storages have to agree about. Ids and times are each their own. */
async function answerOf(service: Awaited<ReturnType<typeof aFullService>>, call: OperationCall) {
  const response = await service.ask(call.path, asked(call))
  if (call.id === 'deliveries.live') {
    await response.body?.cancel()
    return [call.id, response.status]
  }
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') === true
  const { items, code } = isJson ? Object(JSON.parse(text)) : {}
  return [call.id, response.status, code, Array.isArray(items) ? items.length : null]
}

async function sameAsMemory(storage: Storage, lines: readonly string[]): Promise<void> {
  const [ours, memory] = [await aFullService({ storage }), await aFullService({ storage: memoryStorage() })]
  const held = [await fill(ours, 'default'), await fill(memory, 'default')] as const
  const calls = held.map((own) => operationCalls(own).flatMap((call) => leavesOf(call, own)))
  const leaves = calls[0]?.length ?? 0
  expect(leaves).toBe(calls[1]?.length)
  expect(leaves).toBeGreaterThan(100)
  for (const [at, line] of lines.entries()) {
    // Each line in another field each time, so that each field sees many.
    const leaf = (at * 7 + Math.floor(at / leaves)) % leaves
    const [asks, expects] = [calls[0]?.[leaf]?.(line), calls[1]?.[leaf]?.(line)]
    if (!asks || !expects) throw new Error('There is no such field.')
    expect([line, await answerOf(ours, asks)]).toEqual([line, await answerOf(memory, expects)])
  }
  expect([...ours.errors, ...memory.errors]).toEqual([])
  const left = async ({ mail }: typeof ours) => [
    (await mail.tasks.list()).items.length,
    (await mail.groups.list()).items.length,
    (await mail.deliveries.messages({ limit: 1_000 })).items.length,
    (await mail.audit.list({ limit: 1_000 })).items.length,
  ]
  expect(await left(ours)).toEqual(await left(memory))
  await ours.mail.stop()
}

it('has 1,500 lines', () => expect(new Set(LINES).size).toBeGreaterThanOrEqual(1_500))

describe('SQL as text', () => {
  it('T26: on PGlite a line of SQL in any field finds what it finds as text, and does nothing', async () => {
    await sameAsMemory(pglite('memory://'), [...WILDCARDS, ...LINES.filter((_, at) => at % 5 === 0)])
  })
})

needs('postgres')('SQL as text, on Postgres', () => {
  it('T26: 1,500 lines of SQL in every text, parameter and path find what they find as text, and do nothing', async () => {
    const pool = new pg.Pool({ connectionString: urlOf('postgres') })
    const schema = `sql_${randomUUID().slice(0, 8)}`
    try {
      await sameAsMemory(fromPg(pool, { schema }), [...WILDCARDS.flatMap((one) => Array(20).fill(one)), ...LINES])
    } finally {
      await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)
      await pool.end()
    }
  })
})
