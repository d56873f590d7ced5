import { readdirSync, readFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { steppedClock } from '@mailwright/adapters/clock/stepped'
import { fromPGlite, fromPg } from '@mailwright/adapters/storage/postgres'
import type { Clock, Storage } from '@mailwright/core'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { needs, urlOf } from '../../servers/needs.js'
import { aService, SENDER, START, settle, statesOf, welcome } from '../a-service.js'
import { oldOptions } from './old-story.js'

const HOUR = 3_600_000
const frozen = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.sql'))

/** The database of that version, under a schema of this test. */
const frozenSql = (name: string, schema: string): string =>
  readFileSync(new URL(name, import.meta.url), 'utf8').replaceAll('mailwright_frozen', schema)

/** A process of today opens what one of then has left, a minute later, and goes on with it. */
async function goesOn(storage: (clock: Clock) => Storage): Promise<void> {
  const clock = steppedClock(START + 60_000)
  const service = await aService({ storage: storage(clock), clock, ...oldOptions })
  const { mail, transport, problems } = service
  const taskNamed = async (name: string) => {
    const found = (await mail.tasks.list()).items.find((task) => task.name === name)
    if (found === undefined) throw new Error(`no task ${name}`)
    return found
  }

  expect(await statesOf(service)).toMatchObject({
    'ann@readers.example': 'delivered',
    'bad@readers.example': 'bounced',
    'reader5@readers.example': 'delivered',
    'queued@readers.example': 'accepted',
  })
  expect(await taskNamed('sent')).toMatchObject({ state: 'done', requests: 6, delivered: 6 })
  expect(await taskNamed('paused')).toMatchObject({ state: 'paused', pause: { reason: 'operator' } })
  expect((await mail.domains.list()).items).toMatchObject([{ state: 'verified' }])
  expect((await mail.apiKeys.list()).items).toMatchObject([{ name: 'shop', role: 'sender' }])
  const sending = await mail.statistics.sending({ from: START - HOUR, to: START + HOUR })
  expect(JSON.stringify(sending)).toContain('"delivered":7')

  await settle(service)
  expect(transport.messages.map(({ envelope }) => envelope.to)).toEqual([['queued@readers.example']])
  // Signed with the key that was made then.
  expect(Buffer.from(transport.messages[0]?.content ?? '').toString()).toMatch(/^DKIM-Signature: /im)
  await expect(mail.send({ ...welcome, to: 'blocked@readers.example' })).rejects.toMatchObject({
    code: 'CUSTOM_BLOCKED',
  })
  await expect(mail.send({ ...welcome, to: 'bad@readers.example' })).rejects.toMatchObject({
    code: 'INVALID_ADDRESS_BLOCKED',
  })

  await mail.tasks.restart((await taskNamed('paused')).id)
  await settle(service, START + 2 * HOUR)
  for (const name of ['paused', 'planned'])
    expect(await taskNamed(name)).toMatchObject({ state: 'done', requests: 6, delivered: 6 })
  expect(transport.count).toBe(1 + 6 + 6)
  expect(
    (await mail.groups.importCsv('readers', 'email,name\nnew@readers.example,New\nreader0@readers.example,0\n'))
      .repeated,
  ).toBe(1)
  expect((await mail.senders.list()).items).toMatchObject([{ address: SENDER }])
  expect(problems).toEqual([])
  await mail.stop()
}

it('F16: there is data of an old version to open', () => {
  expect(frozen).toContain('frozen-0002.sql')
})

needs('postgres')('data of an old version, on Postgres', () => {
  const schema = `upgrade_${process.pid}`
  const pool = new pg.Pool({ connectionString: urlOf('postgres'), max: 6 })
  const drop = () => pool.query(`drop schema if exists ${schema} cascade`)
  afterAll(async () => {
    await drop()
    await pool.end()
  })

  it.each(frozen)('F16: of %s is migrated, read, and gone on with', async (name) => {
    await drop()
    await pool.query(frozenSql(name, schema))
    await goesOn((clock) => fromPg(pool, { schema, clock }))
  })
})

describe('data of an old version, on PGlite', () => {
  it.each(frozen)('F16: of %s is migrated, read, and gone on with', async (name) => {
    const database = await PGlite.create()
    await database.exec(frozenSql(name, 'upgrade'))
    await goesOn((clock) => fromPGlite(database, { schema: 'upgrade', clock }))
    await database.close()
  })
})
