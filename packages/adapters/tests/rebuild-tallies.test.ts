import { fromPg, rebuildTallies } from '@mailwright/adapters/storage/postgres'
import { type CellKey, COUNTERS, type Counter, type MessageRow, type Observation, type Storage } from '@mailwright/core'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { needs, urlOf } from '../../../tests/servers/needs.js'

const day = 86_400_000
const start = 20_000 * day
const schema = `mailwright_rebuild_${process.pid}`
const bits = (...counters: readonly Counter[]): number =>
  counters.reduce((sum, counter) => sum + 2 ** COUNTERS.indexOf(counter), 0)

/** What of a mail comes first, and what comes of it. */
const mail = (n: number): readonly Observation[] => {
  const [account, recipientDomain] = [n % 5 === 0 ? 'beta' : 'acme', `r${n % 4}.example`]
  const bucket = start + n * 7 * 3_600_000
  const named = {
    account,
    bucket,
    domain: `${account}.example`,
    template: `t${n % 3}`,
    task: n % 2 === 0 ? '' : 'task',
  }
  const cells: readonly CellKey[] = [
    { ...named, cube: 'sender', recipientDomain: '' },
    { ...named, cube: 'recipient', recipientDomain },
  ]
  const person = `u${n}@${recipientDomain}`
  const insert: MessageRow = {
    id: `m${n}`,
    account,
    task: named.task,
    origin: 'origin',
    lane: '',
    seq: 0,
    mailbox: person,
    recipientKey: person,
    senderDomain: `dom-${account}`,
    template: named.template,
    acceptedAt: bucket - 5,
    bucket,
    facts: 0,
    attempt: 0,
    lastAt: bucket,
    lastReply: '',
  }
  const common = { message: insert.id, at: bucket, reply: '', cells, block: null, work: null }
  const event = (kind: string) => ({
    key: `${kind} ${n}`,
    message: insert.id,
    account,
    kind,
    at: bucket + day,
    detail: {},
    sentAt: bucket,
    domain: named.domain,
    recipientDomain,
    template: named.template,
    task: named.task,
    person,
  })
  const facts = n % 7 === 0 ? bits('accepted', 'bouncedHard') : bits('accepted', 'handedOver', 'delivered')
  const first: Observation = { ...common, insert, facts, attempt: 1, event: null, raw: null }
  const open = {
    ...common,
    insert: null,
    facts: bits('opened'),
    attempt: 0,
    event: event('open'),
    raw: 'opens',
  } as const
  const click = { ...open, facts: bits('clicked'), event: event('click'), raw: 'clicks' } as const
  return [first, ...(n % 3 === 0 ? [open] : []), ...(n % 6 === 0 ? [click] : [])]
}

needs('postgres')('rebuild of the tallies', () => {
  const pool = new pg.Pool({ connectionString: urlOf('postgres'), max: 4 })
  const storage = fromPg(pool, { schema })
  const answers = async (of: Storage): Promise<readonly string[]> => {
    const rows: string[] = []
    for (const cube of ['sender', 'recipient'] as const)
      for (const account of ['acme', 'beta'])
        for (const question of [{}, { by: ['domain'] }, { by: ['recipientDomain'] }] as const) {
          const tallies = await of.read.tallies({ cube, account, from: start, to: start + 60 * day, ...question })
          rows.push(...tallies.map((row) => JSON.stringify([cube, question, row.cell, row.counts])).sort())
        }
    return rows
  }

  beforeAll(async () => {
    await storage.migrate()
    for (const account of ['acme', 'beta']) {
      const record = { kind: 'domain', account, id: `dom-${account}`, parent: '', state: '', createdAt: 0, data: {} }
      await storage.apply([
        {
          guards: [],
          changes: [{ type: 'record.put', record: { ...record, name: `${account}.example` }, expect: 'absent' }],
        },
      ])
    }
    for (let shard = 0; shard < 4; shard += 1) {
      const items = Array.from({ length: 50 }, (_, at) => mail(shard * 50 + at)).flat()
      await storage.apply([{ guards: [], changes: [{ type: 'settle', shard, items }] }])
    }
    const cells = mail(9)[0]?.cells ?? []
    await storage.apply([
      { guards: [], changes: [{ type: 'count', shard: 0, items: [{ cells, counter: 'refused', by: 3 }] }] },
      { guards: [], changes: [{ type: 'fold', before: start + 30 * day, limit: 999 }] },
    ])
  })

  afterAll(async () => {
    await pool.query(`drop schema if exists ${schema} cascade`)
    await pool.end()
  })

  it('STA-2: a full scan of messages and events counts what was counted mail by mail', async () => {
    const before = await answers(storage)
    await rebuildTallies(pool, { schema, from: start, to: start + 60 * day })
    expect(await answers(storage)).toEqual(before)
  })

  it('STA-2: a range of days is counted anew, and what lies about it stays', async () => {
    const before = await answers(storage)
    const [from, to] = [start + 3 * day, start + 19 * day]
    for (const table of ['tally', 'tally_closed'])
      await pool.query(`update ${schema}.${table} set accepted = 99 where bucket >= ${from} and bucket < ${to}`)
    expect(await answers(storage)).not.toEqual(before)
    await rebuildTallies(pool, { schema, from, to })
    expect(await answers(storage)).toEqual(before)
    await storage.apply([{ guards: [], changes: [{ type: 'fold', before: start + 99 * day, limit: 9_999 }] }])
    expect(await answers(storage)).toEqual(before)
  })
})
