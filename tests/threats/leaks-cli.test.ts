import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { smtp } from '@mailwright/adapters/transport/smtp'
import { afterEach, describe, expect, it } from 'vitest'
import type { Configuration } from '../../packages/cli/src/config/config-file.js'
import { run } from '../../packages/cli/src/run.js'
import { DOMAIN, SENDER } from '../e2e/a-service.js'
import { blabs } from './blab.js'
import { contents, hits, secretHits, secrets } from './canaries.js'
import { personOf } from './canary-mails.js'
import { echoServer } from './echo-server.js'
import { aWitness, watchStreams } from './witness.js'

watchStreams()
const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanUps.splice(0)) await clean()
})

interface Given {
  readonly env?: Readonly<Record<string, string>>
  readonly files?: Readonly<Record<string, string>>
  readonly input?: string
  /** What the configuration file exports. */
  readonly configuration?: Configuration
  /** While a command goes on that ends by a signal: what it has logged so far, and the signal. */
  readonly meanwhile?: (logged: () => string) => Promise<void>
}

/** One command line in this process: what it has said to people, and what stands on stderr. */
async function ran(
  args: readonly string[],
  { env = {}, files = {}, input = '', configuration, meanwhile }: Given = {},
) {
  const cwd = mkdtempSync(join(tmpdir(), 'mailwright-leaks-'))
  cleanUps.push(() => rmSync(cwd, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text)
  if (configuration) {
    const place = Symbol.for('mailwright.leaks')
    Reflect.set(globalThis, place, configuration)
    writeFileSync(
      join(cwd, 'mailwright.config.mjs'),
      `export default () => globalThis[Symbol.for('${place.description}')]`,
    )
  }
  const [out, err]: [string[], string[]] = [[], []]
  let signal = () => {}
  const io = {
    env: { MAIL_SECRET: secrets.serviceSecret, ...env },
    cwd,
    stdin: (async function* () {
      yield Buffer.from(input)
    })(),
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    onSignal: (listener: () => void) => {
      signal = listener
      return () => undefined
    },
  }
  const running = run(args, io)
  await meanwhile?.(() => err.join('\n'))
  signal()
  return { code: await running, out: out.join('\n'), err: err.join('\n') }
}

const smtpUrl = (port: number) => `smtp://shop:${encodeURIComponent(secrets.smtpPassword)}@127.0.0.1:${port}`
const relay = { SMTP_URL: smtpUrl(1), DATABASE_URL: 'pglite:data' }
const nowhere = { ...relay, DATABASE_URL: `postgres://shop:${secrets.databasePassword}@127.0.0.1:1/x` }
const json = `{ "secret": "${secrets.serviceSecret}", "transport": "${smtpUrl(1)}" "${contents.body}" }`
const mistakes: Readonly<Record<string, readonly [args: readonly string[], given?: Given]>> = {
  'a password in place of a flag': [['serve', `--storage=${nowhere.DATABASE_URL}`]],
  'a secret behind no flag': [['doctor', secrets.bearer]],
  'a flag that is none': [['doctor', `--smtp-password=${secrets.smtpPassword}`]],
  'a command that is none': [[secrets.bearer]],
  'a database that is away': [['migrate'], { env: nowhere }],
  'a database URL that is none': [
    ['migrate'],
    { env: { ...nowhere, DATABASE_URL: `mysql:${secrets.databasePassword}` } },
  ],
  'a broken database URL': [
    ['migrate'],
    { env: { ...nowhere, DATABASE_URL: `postgres://a:${secrets.databasePassword}#@x` } },
  ],
  'a relay URL that is none': [['doctor'], { env: { ...relay, SMTP_URL: `smtp://${secrets.smtpPassword}@` } }],
  'a short secret': [['doctor'], { env: { ...relay, MAIL_SECRET: secrets.cookie } }],
  'a Redis URL that is none': [['doctor'], { env: { ...relay, REDIS_URL: `redis://:${secrets.redisPassword}#@x:y` } }],
  'half a JSON': [['doctor'], { files: { 'mailwright.config.json': json } }],
  'a wrong variable': [['send-test', '--from', SENDER, '--to', personOf('recipient'), '--var', contents.variable]],
}

describe('what is heard of the command line', () => {
  it.each(Object.entries(mistakes))('T23: given %s', async (_, [args, given]) => {
    const { code, out, err } = await ran(args, given)
    expect(code).not.toBe(0)
    expect(hits(`${out}\n${err}`)).toEqual([])
  })

  const shop: Configuration = {
    ensure: { domains: [{ name: DOMAIN, trust: 'operator' }], senders: [{ address: SENDER, name: contents.name }] },
    dns: { dkim: 'transport' },
  }

  it('T23: a list that cannot be read, into a store that works', async () => {
    const files = {
      'bad.csv': `email,${contents.name}\n${personOf('recipient')},${contents.cell},x\n"${contents.body}`,
    }
    const configuration = { ...shop, storage: memoryStorage(), transport: captureTransport() }
    const { code, out, err } = await ran(['import', '--group', 'g', '--create', 'bad.csv'], { files, configuration })
    expect(code).toBe(1)
    expect(err).toContain('CSV')
    expect(hits(`${out}\n${err}`)).toEqual([])
  })

  it.each(['RCPT', 'dot'] as const)('T23: a relay that repeats what it is told at %s', async (at) => {
    const { server } = await echoServer(at)
    cleanUps.push(() => server.close())
    const storage = memoryStorage()
    const transport = smtp({ url: smtpUrl(server.port) })
    // A store that is used again: `serve` brings about what `send-test` needs.
    const configuration = { ...shop, storage: Object.assign(storage, { close: async () => undefined }), transport }
    const serving = await ran(['worker'], {
      configuration: { ...configuration, transport: captureTransport() },
      meanwhile: until('working'),
    })
    expect(serving.code).toBe(0)
    const subject = ['--subject', contents.subject]
    const sent = await ran(['send-test', '--from', SENDER, '--to', personOf('recipient'), ...subject], {
      configuration,
    })
    expect(sent.code).toBe(1)
    // What the relay answered is told to who asked for it.
    expect(secretHits(sent.out)).toEqual([])
    expect(hits(sent.err)).toEqual([])
  })

  it.each(Object.entries(blabs))('T23: request-failed and stop-failed of %s', async (_, blab) => {
    const storage = Object.assign(memoryStorage(), { close: () => Promise.reject(blab()) })
    const configuration: Configuration = {
      ...shop,
      ...{ storage, transport: captureTransport(), authorize: (request) => Promise.reject(blab(request)) },
    }
    const witness = aWitness()
    const env = { HOST: '127.0.0.1', PORT: '0' }
    const { code, out, err } = await ran(['serve'], {
      env,
      configuration,
      async meanwhile(logged) {
        await until('serving')(logged)
        const port = /"port":(\d+)/.exec(logged())?.[1]
        const headers = { authorization: `Bearer ${secrets.bearer}`, cookie: secrets.cookie }
        await witness.noteResponse(await fetch(`http://127.0.0.1:${port}/templates`, { headers }))
      },
    })
    expect(code).toBe(1)
    expect(err).toContain('request-failed')
    expect(err).toContain('stop-failed')
    expect(hits(`${out}\n${err}\n${witness.text()}`)).toEqual([])
  })
})

/** Waits until an event has been logged. */
const until = (event: string) => async (logged: () => string) => {
  for (let tries = 0; tries < 500 && !logged().includes(`"${event}"`); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 10))
}
