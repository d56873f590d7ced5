import { type AddressInfo, createServer, type Socket } from 'node:net'
import { fixedDns } from '@mailwright/adapters/dns/fixed'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { directMx } from '@mailwright/adapters/transport/direct-mx'
import { createMailService, type MailService } from '@mailwright/core'
import { SMTPServer } from 'smtp-server'
import { describe, expect, it, vi } from 'vitest'
import { DOMAIN, SENDER } from './a-service.js'

const STUCK = 100
const GOOD = 300
const list = (count: number, row: (index: number) => string) => Array.from({ length: count }, (_, index) => row(index))

/** An MX host that takes everything, and one at another address that takes connections and never says a word. */
async function hosts() {
  const seen: string[] = []
  const good = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    onData(stream, session, done) {
      stream.resume()
      stream.on('end', () => {
        seen.push(...session.envelope.rcptTo.map(({ address }) => address))
        done()
      })
    },
  })
  await new Promise<void>((resolve) => good.listen(0, '127.0.0.1', resolve))
  const { port } = good.server.address() as AddressInfo
  const sockets = new Set<Socket>()
  const silent = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => silent.listen(port, '127.0.0.2', resolve))
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    silent.close()
    await new Promise<void>((resolve) => good.close(() => resolve()))
  }
  return { port, seen, sockets, close }
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
    const { port, seen, sockets, close } = await hosts()
    const at = (address: string) => ({ address: [address] })
    const zone = Object.fromEntries([
      ...list(STUCK, (index) => `stuck${index}.example`).map((domain) => [domain, at('127.0.0.2')]),
      ...list(30, (index) => `good${index}.example`).map((domain) => [domain, at('127.0.0.1')]),
    ])
    const mail = await createMailService({
      storage: memoryStorage(),
      transport: directMx({
        dns: fixedDns(zone),
        port,
        ehlo: 'out.mail.example',
        allowPrivateNetworks: true,
        // A busy machine may take longer to answer: whoever is sent away meanwhile comes back uncounted.
        patienceMs: 500,
      }),
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
    // The stuck ones first: three mails to each.
    const rows = [
      ...list(3 * STUCK, (index) => `s${index}@stuck${index % STUCK}.example,S`),
      ...list(GOOD, (index) => `r${index}@good${index % 30}.example,R`),
    ]
    await mail.groups.importCsv('readers', `email,name\n${rows.join('\n')}\n`)
    const { id } = await mail.tasks.create({ type: 'immediate', from: SENDER, template: 'welcome', group: 'readers' })
    await mail.start()
    await vi.waitFor(() => expect(seen).toHaveLength(GOOD), { timeout: 60_000, interval: 50 })
    expect(sockets.size).toBe(STUCK)
    await vi.waitFor(async () => expect(await mail.tasks.get(id)).toMatchObject({ delivered: GOOD }), 5_000)
    const attempts: number[] = []
    for await (const { recipient, attempts: count } of all(mail)) if (recipient.startsWith('r')) attempts.push(count)
    expect([attempts.length, attempts.filter((count) => count !== 1)]).toEqual([GOOD, []])
    expect(await mail.health()).toMatchObject({ ok: true })
    await mail.stop({ drainMs: 100 })
    await close()
  }, 90_000)
})
