import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answered, captureCallbackClient } from '@mailwright/adapters/callback/capture'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { pglite, postgres } from '@mailwright/adapters/storage/postgres'
import { smtp } from '@mailwright/adapters/transport/smtp'
import { createMailService, type Storage } from '@mailwright/core'
import pg from 'pg'
import { afterEach, expect, it } from 'vitest'
import { needs, urlOf } from '../servers/needs.js'
import { spellings } from '../threats/spellings.js'
import { HOOK } from './callbacks-told.js'

const SECRETS = ['canary-service-secret-now-0001', 'canary-service-secret-old-0002']
const PASSWORD = 'canary-smtp-password-0003'
const hooks = Array.from(
  { length: 8 },
  (_, at) => `whsec_${Buffer.from(`canary-callback-secret-${at}-0004`).toString('base64')}`,
)
/** The marks of a private key in PEM and DER, and everything above in every spelling, as it would stand in a dump. */
const canaries = [
  ...[
    ...SECRETS,
    PASSWORD,
    ...hooks.flatMap((secret) => [secret, Buffer.from(secret.slice('whsec_'.length), 'base64').toString()]),
  ].flatMap(spellings),
  'BEGIN PRIVATE KEY',
  'BEGIN RSA PRIVATE KEY',
  // PKCS #8 of RSA 2048 begins so in base64.
  'MIIEvQIBADANBgkqhkiG',
  'MIIEvAIBADANBgkqhkiG',
  'MIIEvgIBADANBgkqhkiG',
]

/** Those that were made by the test that runs: whole, and their secret half. */
const apiKeys: string[] = []

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  apiKeys.length = 0
  for (const clean of cleanUps.splice(0)) await clean()
})

/** Everything a host does that has to do with secrets; answers what was logged and thrown meanwhile. */
async function secretLife(storage: Storage): Promise<string> {
  const said: string[] = []
  const note = (error: unknown) =>
    void said.push(JSON.stringify(error), String(error), String(error instanceof Error ? error.stack : ''))
  const mail = await createMailService({
    storage,
    transport: smtp({ url: `smtp://shop:${PASSWORD}@127.0.0.1:1`, requireTls: true }),
    secret: SECRETS,
    publicUrl: 'https://app.example/mail',
    callbackClient: captureCallbackClient({
      answer: ({ body }) => (body.includes('ping') ? answered(204) : answered(500)),
    }),
    logger: { log: (level, event, fields) => void said.push(`${level} ${event} ${JSON.stringify(fields)}`) },
  })
  await mail.ensure({
    domains: [{ name: 'mail.shop.example', trust: 'operator' }],
    senders: [{ address: 'hello@mail.shop.example', name: 'Shop' }],
    templates: [{ name: 'welcome', subject: 'Welcome', html: '<p>Hello</p>' }],
  })
  await mail.domains.create({ name: 'news.shop.example', dkim: 'rsa-ed25519' })
  await mail.domains.rotateDkim('mail.shop.example')
  for (const secret of hooks) await mail.callbacks.setAccount({ url: HOOK, secret }).catch(note)
  await mail.callbacks.setAccount({ url: 'http://127.0.0.1:8080/', secret: hooks[0] ?? '' }).catch(note)
  for (const idempotencyKey of [undefined, 'once', 'once']) {
    const { id, key } = await mail.apiKeys.create({ name: 'shop', role: 'admin', idempotencyKey })
    apiKeys.push(key, key.slice(-32))
    await mail.authenticate(key)
    await mail.authenticate(`${key}x`)
    await mail.apiKeys.revoke(key).catch(note)
    await mail.apiKeys.create({ name: key.repeat(9), role: 'admin' }).catch(note)
    const end = await mail.audit.begin({
      actor: `key:${id}`,
      role: 'admin',
      verb: 'apiKeys.revoke',
      target: { id: key },
    })
    await end('NOT_FOUND')
  }
  await mail.send({ from: 'hello@mail.shop.example', to: 'ann@readers.example', template: 'welcome' }).catch(note)
  await mail.tick({ maxMs: 2_000 }).catch(note)
  said.push(
    JSON.stringify(await mail.doctor()),
    JSON.stringify(await mail.callbacks.list()),
    JSON.stringify(await mail.domains.list()),
    JSON.stringify(await mail.apiKeys.list()),
    JSON.stringify(await mail.audit.list()),
  )
  said.push(JSON.stringify(await mail.health()))
  await mail.stop({ drainMs: 100 })
  return said.join('\n')
}

/** Also where it is parted over lines, as quoted-printable, PEM and JSON part what is long. */
const hits = (text: string): readonly string[] => {
  const whole = text.replace(/=?\r?\n|\\r|\\n/g, '')
  return [...canaries, ...apiKeys].filter((canary) => text.includes(canary) || whole.includes(canary))
}

needs('postgres')('secrets at rest', () => {
  it('T22, T24, DOM-8: of 300 spellings of secrets none stands in what is written to a storage, logged or thrown', async () => {
    const written: string[] = []
    const memory = memoryStorage()
    const storage: Storage = Object.assign(Object.create(memory), {
      apply: (bundles: Parameters<Storage['apply']>[0], options: Parameters<Storage['apply']>[1]) => {
        written.push(JSON.stringify(bundles))
        return memory.apply(bundles, options)
      },
    })
    const said = await secretLife(storage)
    expect(new Set(canaries).size).toBeGreaterThanOrEqual(300)
    expect(written.join('')).toContain('sealed')
    expect(hits(written.join('\n'))).toEqual([])
    expect(hits(said)).toEqual([])
    // The net is not empty: each canary is found where it stands.
    expect(apiKeys).toHaveLength(6)
    const all = [...canaries, ...apiKeys]
    expect(hits(all.join('\n\n'))).toEqual(all)
    expect(hits(`${PASSWORD.slice(0, 9)}=\r\n${PASSWORD.slice(9)}`)).toContain(PASSWORD)
  })

  it('T22, T24, DOM-8: none stands in the files of the embedded store', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mailwright-secrets-'))
    cleanUps.push(async () => rmSync(folder, { recursive: true, force: true }))
    await secretLife(pglite(join(folder, 'store')))
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
    const dump = files
      .filter((path) => statSync(path).isFile())
      .map((path) => readFileSync(path, 'latin1').replace(/\0{3,}/g, '\0\0'))
      .join('\n')
    expect(dump).toContain('mail.shop.example')
    expect(dump).toContain(apiKeys[0]?.slice(3, 19))
    expect(hits(dump)).toEqual([])
  })

  it('T22, T24, DOM-8: none stands in any table of Postgres', async () => {
    const schema = `secrets_${process.pid}`
    const client = new pg.Client({ connectionString: urlOf('postgres') })
    await client.connect()
    cleanUps.push(async () => {
      await client.query(`drop schema if exists ${schema} cascade`)
      await client.end()
    })
    await secretLife(postgres({ url: urlOf('postgres'), schema }))
    const { rows: tables } = await client.query<{ name: string }>(
      'select tablename as name from pg_tables where schemaname = $1',
      [schema],
    )
    let dump = ''
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${schema}."${name}" t`)
      dump += rows.map(({ row }) => row).join('\n')
    }
    expect(dump).toContain('mail.shop.example')
    expect(dump).toContain(apiKeys[0]?.slice(3, 19))
    expect(hits(dump)).toEqual([])
  })
})
