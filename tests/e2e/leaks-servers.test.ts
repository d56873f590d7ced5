import { PGlite } from '@electric-sql/pglite'
import { redisLimiter } from '@mailwright/adapters/limiter/redis'
import { bullmq } from '@mailwright/adapters/queue/bullmq'
import { fromPGlite, postgres } from '@mailwright/adapters/storage/postgres'
import { smtp } from '@mailwright/adapters/transport/smtp'
import type { MailServiceOptions } from '@mailwright/core'
import pg from 'pg'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { needs, urlOf } from '../servers/needs.js'
import { contents, hits, secrets } from '../threats/canaries.js'
import { aCanaryService, personOf, sendAll } from '../threats/canary-mails.js'
import { aWitness, type Witness, watchStreams } from '../threats/witness.js'
import { SENDER, type Service, settle } from './a-service.js'

watchStreams()
const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const clean of cleanUps.splice(0)) await clean()
})

type Sql = (text: string) => Promise<unknown>

/** From now on writing to the table fails, and the server says of each row what stands in it. */
const tellTale = (schema: string, table: string): string => `
  create or replace function ${schema}.tell() returns trigger language plpgsql as $$ begin
    raise exception 'the row % is not wanted', new using detail = new::text, hint = new::text;
  end $$;
  create trigger tell before insert or update on ${schema}.${table} for each row execute function ${schema}.tell()`
const mended = (schema: string, table: string): string => `drop trigger tell on ${schema}.${table}`

interface Refusing {
  readonly schema: string
  readonly tables: readonly string[]
  readonly sql: Sql
}

/** Everything that writes contents, each time with one table that refuses them; then results that cannot be stored until that has been logged. */
async function tell(service: Service, witness: Witness, { schema, tables, sql }: Refusing): Promise<void> {
  const { mail } = service
  for (const table of tables) {
    await sql(tellTale(schema, table))
    await sendAll(service, witness)
    const html = `<p>${contents.body}</p>`
    await mail.templates.create({ name: contents.name, subject: contents.subject, html }).catch(witness.note)
    await mail.groups.importCsv('canaries', `email,name\n${personOf('hidden')},${contents.cell}\n`).catch(witness.note)
    await mail.blocklist.custom.add({ addresses: [personOf('hidden')] }).catch(witness.note)
    await mail.apiKeys.create({ name: contents.name, role: 'admin' }).catch(witness.note)
    await sql(mended(schema, table))
    await settle(service)
  }
  await mail.tasks.create({ type: 'immediate', from: SENDER, template: 'canary', group: 'canaries' })
  await sql(tellTale(schema, 'message'))
  const mending = vi.waitFor(() => expect(witness.events).toContain('flush-failed'), { timeout: 20_000 })
  await Promise.all([mending.then(() => sql(mended(schema, 'message'))), settle(service)])
  witness.note(await mail.doctor())
}

needs('postgres')('what is heard of Postgres', () => {
  it('T23: a server that says what stands in the rows it refuses', async () => {
    const schema = `leaks_${process.pid}`
    const client = new pg.Client({ connectionString: urlOf('postgres') })
    await client.connect()
    cleanUps.push(async () => {
      await client.query(`drop schema if exists ${schema} cascade`)
      await client.end()
    })
    const witness = aWitness()
    const service = await aCanaryService(witness, {}, { storage: postgres({ url: urlOf('postgres'), schema }) })
    const tables = ['message', 'record', 'recipient', 'work', 'event', 'block']
    await tell(service, witness, { schema, tables, sql: (text) => client.query(text) })
    await service.mail.stop()
    expect(witness.text()).toContain('P0001')
    expect(hits(witness.text())).toEqual([])
  })
})

describe('what is heard of servers', () => {
  it('T23: the embedded store, of rows that it refuses', async () => {
    const database = await PGlite.create()
    cleanUps.push(() => database.close())
    const witness = aWitness()
    const service = await aCanaryService(witness, {}, { storage: fromPGlite(database) })
    const sql: Sql = (text) => database.exec(text)
    await tell(service, witness, { schema: 'mailwright', tables: ['message', 'record'], sql })
    await service.mail.stop()
    expect(witness.text()).toContain('P0001')
    expect(hits(witness.text())).toEqual([])
  })

  const broken = (scheme: string, password: string): readonly string[] => [
    `${scheme}://shop:${password}@127.0.0.1:1/x`,
    `${scheme}://shop:${password}@127.0.0.1:port/x`,
    `${scheme}://shop:${password}#1@127.0.0.1:1/x`,
    `${scheme}//shop:${password}@[::1`,
    `shop:${password}@127.0.0.1`,
    `${scheme}://shop:%zz${password}@127.0.0.1:1`,
  ]
  const servers: readonly (readonly [string, readonly string[], (url: string) => Partial<MailServiceOptions>])[] = [
    ['postgres', broken('postgres', secrets.databasePassword), (url) => ({ storage: postgres({ url }) })],
    ['bullmq', broken('redis', secrets.redisPassword), (url) => ({ queue: bullmq({ url }) })],
    [
      'redisLimiter',
      broken('redis', secrets.redisPassword),
      (url) => ({ limiter: redisLimiter({ url }), policy: { accountPerSecond: 5 } }),
    ],
    ['smtp', broken('smtp', encodeURIComponent(secrets.smtpPassword)), (url) => ({ transport: smtp({ url }) })],
  ]

  it.each(servers)('T23: %s, given a URL with a password that leads nowhere or is none', async (_, urls, options) => {
    const witness = aWitness()
    for (const url of urls) {
      try {
        const service = await aCanaryService(witness, { ...options(url), worker: true })
        await service.mail.start()
        await sendAll(service, witness)
        witness.note([await service.mail.health(), await service.mail.doctor()])
        await service.mail.stop({ drainMs: 100 })
      } catch (error) {
        witness.note(error)
      }
    }
    expect(witness.text()).toMatch(/OPTIONS_INVALID|STORAGE_UNAVAILABLE/)
    expect(hits(witness.text())).toEqual([])
  })
})
