import { type AddressInfo, createServer, type Socket } from 'node:net'
import { fixedDns } from '@mailwright/adapters/dns/fixed'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { directMx } from '@mailwright/adapters/transport/direct-mx'
import { createMailService, type MailService, type Transport } from '@mailwright/core'
import { SMTPServer } from 'smtp-server'
import { describe, expect, it, vi } from 'vitest'
import { DOMAIN, SENDER } from './a-service.js'

const STUCK = 100
const GOOD = 300
const loopback = { ehlo: 'out.mail.example', allowPrivateNetworks: true }
const list = (count: number, row: (index: number) => string) => Array.from({ length: count }, (_, index) => row(index))

/** An MX host that takes everything, each mail in its time. */
async function takingHost(port: number, address: string, slowMs = 0) {
  const seen: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    onData(stream, session, done) {
      stream.resume()
      stream.on('end', () => {
        seen.push(...session.envelope.rcptTo.map((one) => one.address))
        setTimeout(done, slowMs)
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(port, address, resolve))
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  return { port: (server.server.address() as AddressInfo).port, seen, close }
}

/** One that takes connections and never says a word. */
async function silentHost(port: number, address: string) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(port, address, resolve))
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  return { sockets, close }
}

const at = (address: string) => ({ address: [address] })

/** A service that has begun to send a batch to these addresses, in their order. */
async function aBatch(transport: Transport, recipients: readonly string[]) {
  const mail = await createMailService({
    storage: memoryStorage(),
    transport,
    secret: 'a secret only for the tests',
    publicUrl: 'https://app.example/mail',
    policy: { startLevel: 20 },
  })
  await mail.ensure({
    domains: [{ name: DOMAIN, trust: 'operator' }],
    senders: [{ address: SENDER, name: 'Shop' }],
    templates: [{ name: 'welcome', subject: 'Welcome, {{name}}', html: '<p>Hello {{name}}</p>' }],
  })
  await mail.groups.create({ name: 'readers' })
  const rows = recipients.map((address) => `${address},R`)
  await mail.groups.importCsv('readers', `email,name\n${rows.join('\n')}\n`)
  const { id } = await mail.tasks.create({ type: 'immediate', from: SENDER, template: 'welcome', group: 'readers' })
  await mail.start()
  return { mail, id }
}

async function* all({ deliveries }: MailService) {
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await deliveries.messages({ limit: 500, ...(cursor === undefined ? {} : { cursor }) })
    yield* items
    if (next === null) return
    cursor = next
  }
}

describe('a batch with a hundred domains whose servers are stuck', () => {
  it('T29, F6: reaches all the others while the stuck ones hold a connection each and wait', async () => {
    const good = await takingHost(0, '127.0.0.1')
    const { port, seen } = good
    const silent = await silentHost(port, '127.0.0.2')
    const { sockets } = silent
    const zone = Object.fromEntries([
      ...list(STUCK, (index) => `stuck${index}.example`).map((domain) => [domain, at('127.0.0.2')]),
      ...list(30, (index) => `good${index}.example`).map((domain) => [domain, at('127.0.0.1')]),
    ])
    // A busy machine may take longer to answer: whoever is sent away meanwhile comes back uncounted.
    const transport = directMx({ ...loopback, dns: fixedDns(zone), port, patienceMs: 500 })
    // The stuck ones first: three mails to each.
    const { mail, id } = await aBatch(transport, [
      ...list(3 * STUCK, (index) => `s${index}@stuck${index % STUCK}.example`),
      ...list(GOOD, (index) => `r${index}@good${index % 30}.example`),
    ])
    await vi.waitFor(() => expect(seen).toHaveLength(GOOD), { timeout: 60_000, interval: 50 })
    expect(sockets.size).toBe(STUCK)
    await vi.waitFor(async () => expect(await mail.tasks.get(id)).toMatchObject({ delivered: GOOD }), 20_000)
    const attempts: number[] = []
    for await (const { recipient, attempts: count } of all(mail)) if (recipient.startsWith('r')) attempts.push(count)
    expect([attempts.length, attempts.filter((count) => count !== 1)]).toEqual([GOOD, []])
    expect(await mail.health()).toMatchObject({ ok: true })
    await mail.stop({ drainMs: 100 })
    await Promise.all([good.close(), silent.close()])
  }, 90_000)
})

describe('a batch with a domain whose server takes a mail now and then', () => {
  it('T29: reaches the others long before that one has taken what core may have under way', async () => {
    const good = await takingHost(0, '127.0.0.1')
    const slow = await takingHost(good.port, '127.0.0.2', 200)
    const transport = directMx({
      ...loopback,
      dns: fixedDns({ 'slow.example': at('127.0.0.2'), 'good.example': at('127.0.0.1') }),
      port: good.port,
      patienceMs: 1_000,
      connectionsPerGroup: 1,
    })
    const { mail } = await aBatch(transport, [
      ...list(400, (index) => `s${index}@slow.example`),
      ...list(100, (index) => `r${index}@good.example`),
    ])
    await vi.waitFor(() => expect(good.seen).toHaveLength(100), { timeout: 60_000, interval: 20 })
    // 250 may be under way: waited for in turn, 150 would have gone before the first of the others.
    expect(slow.seen.length).toBeLessThan(75)
    await mail.stop({ drainMs: 100 })
    await Promise.all([good.close(), slow.close()])
  }, 90_000)
})
