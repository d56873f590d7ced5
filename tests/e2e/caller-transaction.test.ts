import { steppedClock } from '@mailwright/adapters/clock/stepped'
import { fromPg } from '@mailwright/adapters/storage/postgres'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService, isMailError, type MailService } from '@mailwright/core'
import pg from 'pg'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { needs, urlOf } from '../servers/needs.js'
import { aService, DOMAIN, opened, SENDER, START, statesOf, welcome } from './a-service.js'

const codeOf = (call: Promise<unknown>): Promise<string | null> =>
  call.then(
    () => null,
    (error: unknown) => (isMailError(error) ? error.code : String(error)),
  )

describe("sending in the host's transaction, on a storage without any", () => {
  it('REL-1: is refused with NOT_SUPPORTED, and nothing is stored', async () => {
    const service = await aService()
    const send = { ...welcome, to: 'ann@office.example' }
    expect(await codeOf(service.mail.send(send, { tx: {} }))).toBe('NOT_SUPPORTED')
    expect(await codeOf(service.mail.sendRegular(send, { tx: {} }))).toBe('NOT_SUPPORTED')
    expect(await statesOf(service)).toEqual({})
  })
})

needs('postgres')("sending in the host's transaction, on Postgres", () => {
  const pools = Array.from({ length: 2 }, () => new pg.Pool({ connectionString: urlOf('postgres'), max: 8 }))
  const [pool, otherPool] = pools as [pg.Pool, pg.Pool]
  const schemas: string[] = []
  const open: pg.PoolClient[] = []

  afterEach(async () => {
    for (const client of open.splice(0)) {
      await client.query('rollback').catch(() => undefined)
      client.release()
    }
  })
  afterAll(async () => {
    for (const schema of schemas) await pool.query(`drop schema if exists ${schema} cascade`)
    await Promise.all(pools.map((one) => one.end()))
  })

  /** Two processes and the host's own table. */
  async function aHost() {
    const schema = `e2e_tx_${process.pid}_${schemas.length}`
    schemas.push(schema)
    const clock = steppedClock(START)
    const transport = captureTransport()
    const boot = (on: pg.Pool) => {
      const storage = fromPg(on, { schema, keyWaitMs: 200 })
      const options = { storage, transport, clock, secret: 'a secret only for the tests', worker: false }
      return createMailService(options).then((mail) => ({ mail, storage }))
    }
    const { mail, storage } = await boot(pool)
    await mail.ensure({
      domains: [{ name: DOMAIN, trust: 'operator' }],
      senders: [{ address: SENDER, name: 'Shop' }],
      templates: [{ name: 'welcome', subject: 'Welcome, {{name}}', html: '<p>Hello {{name}}</p>' }],
    })
    const { mail: other } = await boot(otherPool)
    await pool.query(`create table ${schema}.booking (id int primary key)`)
    const begin = async () => {
      const client = await pool.connect()
      open.push(client)
      await client.query('begin')
      return client
    }
    const sent = async (by: MailService = mail) => {
      await by.tick({ maxMs: 60_000 })
      return transport.messages.map(({ envelope }) => envelope.to[0]).sort()
    }
    const rows = async (table: string): Promise<number> =>
      Number((await pool.query<{ n: string }>(`select count(*) n from ${schema}.${table}`)).rows[0]?.n)
    const { id: domain } = await mail.domains.get(DOMAIN)
    const granted = async () => (await storage.read.quota({ scope: domain, day: '2026-11-23' }))?.granted ?? 0
    return { mail, other, storage, schema, clock, transport, begin, sent, rows, granted }
  }

  const to = (...addresses: readonly string[]) => ({ ...welcome, to: [...addresses] })
  const TABLES = ['work', 'message', 'tally', 'window_hit', 'once', 'quota'] as const

  it('REL-1: the mail exists if and only if the transaction commits', async () => {
    const { mail, begin, schema, sent, granted } = await aHost()
    const client = await begin()
    await client.query(`insert into ${schema}.booking values (1)`)
    await mail.blocklist.custom.add({ addresses: ['eve@office.example'] })
    const answer = await mail.send(to('ann@office.example', 'eve@office.example'), { tx: client })
    expect(answer).toMatchObject({
      messages: [{ state: 'accepted' }, { refusal: { code: 'CUSTOM_BLOCKED' } }],
      deferredGates: ['FREQUENCY_LIMIT', 'DOMAIN_BLOCKED_TODAY', 'DAILY_LIMIT'],
    })
    expect(await sent()).toEqual([])
    expect((await mail.deliveries.messages()).items).toEqual([])
    await client.query('commit')
    expect(await mail.deliveries.messages()).toMatchObject({ items: [{ state: 'accepted' }] })
    expect(await granted()).toBe(0)
    expect(await sent()).toEqual(['ann@office.example'])
    expect(await granted()).toBe(1)
    expect(await mail.statistics.sending({ from: START - 1, to: START + 3_600_000 })).toMatchObject({
      items: [{ counts: { accepted: 1, delivered: 1, refused: 1 } }],
    })
    expect('deferredGates' in (await mail.send(to('bob@office.example')))).toBe(false)
  })

  it.each([
    ['rolls back', (client: pg.PoolClient) => client.query('rollback')],
    [
      'dies with its connection',
      async (client: pg.PoolClient) => {
        client.on('error', () => undefined)
        const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
        await otherPool.query('select pg_terminate_backend($1)', [rows[0]?.pid])
      },
    ],
  ])('REL-1: of a transaction that %s nothing is left, nor was anything taken', async (_, end) => {
    const { mail, begin, schema, sent, rows } = await aHost()
    const before = await Promise.all(TABLES.map(rows))
    const client = await begin()
    await client.query(`insert into ${schema}.booking values (1)`)
    await mail.send({ ...to('ann@office.example'), idempotencyKey: 'k' }, { tx: client })
    await mail.sendRegular(to('bob@office.example', 'cy@office.example'), { tx: client })
    await end(client)
    expect(await Promise.all(TABLES.map(rows))).toEqual(before)
    expect(await sent()).toEqual([])
    // Nor has the key been used.
    expect(await codeOf(mail.send({ ...to('eve@office.example'), idempotencyKey: 'k' }))).toBeNull()
  })

  it('REL-1: a refused send leaves the transaction usable', async () => {
    const { mail, begin, schema, rows } = await aHost()
    const client = await begin()
    await mail.send({ ...to('ann@office.example'), idempotencyKey: 'k' }, { tx: client })
    const again = mail.send({ ...to('bob@office.example'), idempotencyKey: 'k' }, { tx: client })
    expect(await codeOf(again)).toBe('IDEMPOTENCY_CONFLICT')
    expect(await codeOf(mail.send({ ...welcome, to: 'x' }, { tx: client }))).toBe('ADDRESS_INVALID')
    await client.query(`insert into ${schema}.booking values (1)`)
    await client.query('commit')
    expect([await rows('booking'), await rows('message')]).toEqual([1, 1])
  })

  it('ACC-4: a key within the transaction gives the first answer in it, and to others once it is committed', async () => {
    const { mail, other, begin, sent } = await aHost()
    const keyed = { ...to('ann@office.example'), idempotencyKey: 'k' }
    const client = await begin()
    const answer = await mail.send(keyed, { tx: client })
    expect(await mail.send(keyed, { tx: client })).toEqual(answer)
    await client.query('commit')
    expect(await other.send(keyed)).toEqual(answer)
    expect(await sent()).toEqual(['ann@office.example'])
  })

  it('ACC-4: a key in an open transaction is waited for, then refused; its neighbours go, and nobody else waits', async () => {
    const { mail, other, begin, granted } = await aHost()
    const keyed = { ...to('ann@office.example'), idempotencyKey: 'k' }
    const client = await begin()
    const answer = await mail.send(keyed, { tx: client })
    const people = Array.from({ length: 20 }, (_, at) => `reader${at}@office.example`)
    for (const by of [mail, other]) {
      const calls = [by.send(keyed), ...people.map((one) => by.send({ ...to(one), idempotencyKey: one }))]
      const [first, ...others] = await Promise.all(calls.map(codeOf))
      expect(first).toBe('IDEMPOTENCY_IN_PROGRESS')
      expect(new Set(others)).toEqual(new Set([null]))
    }
    expect(await granted()).toBe(people.length)
    await client.query('commit')
    expect(await other.send(keyed)).toEqual(answer)
  })

  it('TRG-5: a transaction held open blocks no send, no worker and no change of what it uses', async () => {
    const { mail, other, begin, sent } = await aHost()
    const client = await begin()
    const regular = { ...welcome, to: ['ann@office.example', 'bob@office.example'] }
    for (let at = 0; at < 5; at += 1) await mail.sendRegular(regular, { tx: client })
    // Same domain, template, sender, people and hour, in the same and in another process.
    for (const by of [mail, other]) {
      for (let at = 0; at < 3; at += 1) await by.send(to('ann@office.example', 'bob@office.example'))
      await by.templates.update('welcome', { html: `<p>Newer {{name}}</p>` })
      await by.domains.verify(DOMAIN)
    }
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', 'email,name\ncy@readers.example,Cy\n')
    await mail.tasks.create({ type: 'immediate', from: SENDER, template: 'welcome', group: 'readers' })
    expect(await sent(other)).toHaveLength(13)
    await client.query('rollback')
  })

  it('TRG-5: who is over the hour when the mail is claimed is dropped, and leaves the To line of a regular mail', async () => {
    const { mail, begin, sent, transport, granted } = await aHost()
    const client = await begin()
    await mail.sendRegular(to('ann@office.example', 'bob@office.example'), { tx: client })
    for (let at = 0; at < 10; at += 1) await mail.send(to('ann@office.example'))
    await client.query('commit')
    await sent()
    const { items } = await mail.deliveries.messages({ limit: 100 })
    const dropped = items.filter(({ state }) => state === 'dropped')
    expect(dropped).toMatchObject([{ recipient: 'ann@office.example', lastReply: 'FREQUENCY_LIMIT' }])
    const toBob = transport.messages.find(({ envelope }) => envelope.to[0] === 'bob@office.example')
    expect((await opened(toBob?.content ?? new Uint8Array())).to?.map(({ address }) => address)).toEqual([
      'bob@office.example',
    ])
    expect(await granted()).toBe(11)
  })

  it('TRG-5, TSK-6: a send over the day when it is claimed is dropped whole; when that is known at once it is refused', async () => {
    const { mail, begin, sent, granted } = await aHost()
    const client = await begin()
    await mail.send(to('ann@office.example', 'bob@office.example'), { tx: client })
    const people = Array.from({ length: 499 }, (_, at) => `reader${at}@office.example`)
    for (let from = 0; from < 499; from += 50) await mail.send(to(...people.slice(from, from + 50)))
    await client.query('commit')
    await sent()
    const { items } = await mail.deliveries.messages({ limit: 1_000 })
    const dropped = items.filter(({ state }) => state === 'dropped')
    expect(dropped.map(({ recipient, lastReply }) => [recipient, lastReply]).sort()).toEqual([
      ['ann@office.example', 'DAILY_LIMIT'],
      ['bob@office.example', 'DAILY_LIMIT'],
    ])
    expect(await granted()).toBe(499)
    const late = await begin()
    expect(await codeOf(mail.send(to('cy@office.example', 'dan@office.example'), { tx: late }))).toBe('DAILY_LIMIT')
    expect(await codeOf(mail.send(to('cy@office.example'), { tx: late }))).toBeNull()
  })

  it('TSK-6: two workers that claim mails of one request take its allowance once', async () => {
    const { mail, other, begin, transport, granted } = await aHost()
    const client = await begin()
    const people = Array.from({ length: 20 }, (_, at) => `reader${at}@office.example`)
    for (let at = 0; at < 10; at += 1) await mail.sendRegular(to(...people), { tx: client })
    await client.query('commit')
    await Promise.all([mail, other].map((by) => by.tick({ maxMs: 60_000 })))
    expect(transport.count).toBe(200)
    expect(await granted()).toBe(200)
    expect(await codeOf(mail.send(to('reader0@office.example')))).toBe('FREQUENCY_LIMIT')
  })

  it('TRG-8: what is found only on a later day takes that day’s allowance', async () => {
    const { mail, begin, clock, sent, granted, storage } = await aHost()
    const client = await begin()
    await mail.send(to('ann@office.example'), { tx: client })
    await clock.stepTo(START + 86_400_000)
    await client.query('commit')
    expect(await sent()).toEqual(['ann@office.example'])
    expect(await granted()).toBe(0)
    const { id: scope } = await mail.domains.get(DOMAIN)
    expect(await storage.read.quota({ scope, day: '2026-11-24' })).toMatchObject({ granted: 1 })
  })

  it('HOST-2: what is no transaction is refused', async () => {
    const { mail } = await aHost()
    const send = to('ann@office.example')
    expect(await codeOf(mail.send(send, { tx: {} }))).toBe('NOT_SUPPORTED')
    await expect(mail.send(send, { tx: pool })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      details: { field: 'tx' },
    })
    // @ts-expect-error a host written in JavaScript may misspell it
    expect(await codeOf(mail.send(send, { transaction: pool }))).toBe('INPUT_INVALID')
    expect(await statesOf({ mail })).toEqual({})
  })
})
