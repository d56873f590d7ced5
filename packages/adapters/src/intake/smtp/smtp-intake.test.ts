import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { steppedClock } from '@mailwright/adapters/clock/stepped'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService, type Ingest } from '@mailwright/core'
import { afterEach, describe, expect, it } from 'vitest'
import { type SmtpIntakeLimits, smtpIntake } from './index.js'
import { loadSmtpServer } from './load-smtp-server.js'

const DOMAIN = 'mail.shop.example'
const ends: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

interface Options {
  readonly limits?: SmtpIntakeLimits
  /** What the storage does when a notice is to be stored. */
  readonly failing?: () => boolean
}

/** A service that has sent a mail, and the server behind its MX. */
async function anIntake({ limits = {}, failing = () => false }: Options = {}) {
  const transport = captureTransport()
  const inner = memoryStorage()
  const storage = {
    ...inner,
    apply: ((...given: Parameters<typeof inner.apply>) =>
      failing() ? Promise.reject(new Error('the storage is away')) : inner.apply(...given)) as typeof inner.apply,
  }
  const clock = steppedClock(Date.UTC(2026, 10, 23, 9))
  const mail = await createMailService({ storage, transport, clock, secret: 'a secret only for the tests' })
  await mail.ensure({
    domains: [{ name: DOMAIN, trust: 'operator' }],
    senders: [{ address: `hello@${DOMAIN}`, name: 'Shop' }],
  })
  await mail.send({ from: `hello@${DOMAIN}`, to: 'ann@readers.example', subject: 'Hi', text: 'x' })
  await mail.tick()
  const answers: Awaited<ReturnType<Ingest['mail']>>[] = []
  const ingest: Pick<Ingest, 'mail' | 'takes'> = {
    takes: mail.ingest.takes,
    async mail(...given) {
      const answer = await mail.ingest.mail(...given)
      answers.push(answer)
      return answer
    },
  }
  const intake = smtpIntake({
    mail: { ingest },
    host: '127.0.0.1',
    port: 0,
    name: `mx.${DOMAIN}`,
    complaints: [`complaints@${DOMAIN}`, `fbl@${DOMAIN}`],
    limits,
  })
  const { port } = await intake.start()
  ends.push(
    () => mail.stop(),
    () => intake.stop(),
  )
  return { port, intake, transport, answers, path: transport.messages[0]?.envelope.from ?? '' }
}

/** One SMTP client; says a line and answers what the server said to it. */
async function aClient(port: number) {
  const socket: Socket = connect(port, '127.0.0.1')
  socket.setMaxListeners(100)
  socket.on('error', () => undefined)
  ends.push(() => socket.destroy())
  let read = ''
  socket.on('data', (chunk) => {
    read += chunk.toString()
  })
  const answer = async () => {
    while (!/^\d{3} [^\n]*\n$/m.test(read.slice(read.lastIndexOf('\n', read.length - 2) + 1))) {
      if (socket.destroyed || socket.readableEnded) return read.trim() || 'closed'
      await Promise.race([once(socket, 'data'), once(socket, 'close'), once(socket, 'end')])
    }
    const said = read.trim()
    read = ''
    return said
  }
  const say = (line: string) => {
    socket.write(`${line}\r\n`)
    return answer()
  }
  const greeting = await answer()
  return { socket, greeting, say, closed: () => (socket.destroyed ? Promise.resolve() : once(socket, 'close')) }
}

type Client = Awaited<ReturnType<typeof aClient>>
const begin = async (client: Client, to: string) => {
  await client.say('EHLO mx.readers.example')
  await client.say('MAIL FROM:<>')
  return client.say(`RCPT TO:<${to}>`)
}
const give = async (client: Client, content: string) => {
  await client.say('DATA')
  return client.say(`${content.replace(/\r?\n/g, '\r\n')}\r\n.`)
}

const NOTICE = `From: MAILER-DAEMON@mx.readers.example
Subject: failure notice

Hi. This is the qmail-send program at mx.readers.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<ann@readers.example>:
Sorry, no mailbox here by that name. (#5.1.1)
`

describe('the SMTP intake', () => {
  it('DLV-5: takes a notice for a return path of ours, and says so when it is stored', async () => {
    const { port, path, answers } = await anIntake()
    const client = await aClient(port)
    expect(client.greeting).toContain(`mx.${DOMAIN}`)
    expect(await begin(client, path.toUpperCase())).toMatch(/^250 /)
    expect(await give(client, NOTICE)).toMatch(/^250 2\.0\.0 Stored/)
    expect(answers).toMatchObject([
      { kind: 'report', events: [{ outcome: 'stored', recipient: 'ann@readers.example' }] },
    ])
  })

  it('DLV-5, T14: refuses every other recipient at RCPT, sends nothing, relays nothing', async () => {
    const { port, path, answers, transport } = await anIntake()
    const client = await aClient(port)
    const forged = path.replace(/\+(.)/, (_, letter: string) => `+${letter === 'a' ? 'b' : 'a'}`)
    for (const to of [
      forged,
      `hello@${DOMAIN}`,
      `postmaster@${DOMAIN}`,
      'victim@elsewhere.example',
      'bounces+x@x.example',
    ])
      expect(await begin(client, to)).toMatch(/^550 5\.1\.1 /)
    expect(await client.say('DATA')).toMatch(/^503 /)
    expect(answers).toEqual([])
    expect(transport.messages).toHaveLength(1)
  })

  it('T15: takes mail for the complaints address, which proves nothing by itself', async () => {
    const { port, answers } = await anIntake()
    const client = await aClient(port)
    expect(await begin(client, `complaints@${DOMAIN}`)).toMatch(/^250 /)
    expect(await give(client, NOTICE)).toMatch(/^250 /)
    expect(answers).toMatchObject([{ kind: 'report', events: [{ outcome: 'unproven', message: null }] }])
  })

  it('DLV-5, REL-4: answers 451 while the storage is away, and takes it when it is back', async () => {
    let away = false
    const { port, path } = await anIntake({ failing: () => away })
    const client = await aClient(port)
    away = true
    await begin(client, path)
    expect(await give(client, NOTICE)).toMatch(/^451 4\.3\.0 /)
    away = false
    await client.say('MAIL FROM:<>')
    await client.say(`RCPT TO:<${path}>`)
    expect(await give(client, NOTICE)).toMatch(/^250 /)
  })

  it('T29: refuses a mail that is too large, too many recipients, and more mails than a connection may bring', async () => {
    const { port, path } = await anIntake({ limits: { mailBytes: 2_000, recipients: 2, mailsPerConnection: 1 } })
    const client = await aClient(port)
    await begin(client, path)
    await client.say(`RCPT TO:<complaints@${DOMAIN}>`)
    expect(await client.say(`RCPT TO:<fbl@${DOMAIN}>`)).toMatch(/^452 /)
    expect(await give(client, `${NOTICE}${'x'.repeat(70)}\n`.repeat(10))).toMatch(/^552 5\.3\.4 /)
    expect(await client.say('MAIL FROM:<>')).toMatch(/^421 /)
  })

  it('T29: ends a connection that only trickles, and lets each address have so many', async () => {
    const { port } = await anIntake({ limits: { connectionMs: 400, connectionsPerAddress: 1 } })
    const first = await aClient(port)
    expect(first.greeting).toMatch(/^220 /)
    expect((await aClient(port)).greeting).toMatch(/^421 /)
    await first.closed()
    expect((await aClient(port)).greeting).toMatch(/^220 /)
  })

  it('HOST-2: says how to install a missing smtp-server, and passes on what else goes wrong', async () => {
    const missing = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' })
    await expect(loadSmtpServer(() => Promise.reject(missing))).rejects.toMatchObject({
      code: 'PEER_MISSING',
      details: { install: 'npm install smtp-server' },
    })
    await expect(loadSmtpServer(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    const { intake, port, ...rest } = await anIntake()
    await expect(intake.start()).rejects.toMatchObject({ code: 'OPTIONS_INVALID' })
    expect(rest.answers).toEqual([])
    const second = smtpIntake({
      mail: { ingest: { mail: async () => ({ kind: 'unrelated', events: [] }), takes: () => false } },
      host: '127.0.0.1',
      port,
    })
    await expect(second.start()).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
})
