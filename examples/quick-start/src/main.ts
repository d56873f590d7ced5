/**
 * The ten lines of the README as a program. Without SMTP_URL it starts a receiving server of its own on loopback and shows what arrived.
 *
 *   npm start            with `--ci` it checks what arrived and sets the exit code
 */
import { deepStrictEqual } from 'node:assert'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pglite } from '@mailwright/adapters/storage/postgres'
import { smtp } from '@mailwright/adapters/transport/smtp'
import { createMailService } from '@mailwright/core'
import { startReceiver } from './receiver.js'

const ci = process.argv.includes('--ci')
const receiver = await startReceiver()
const dir = await mkdtemp(join(tmpdir(), 'mailwright-quick-start-'))

const mail = await createMailService({
  storage: pglite(dir),
  transport: smtp({ url: (ci ? undefined : process.env.SMTP_URL) ?? receiver.url }),
  secret: process.env.MAIL_SECRET ?? 'only good enough for an example',
  publicUrl: 'https://app.example/mail',
})
await mail.ensure({
  domains: [{ name: 'mail.shop.example', trust: 'operator' }],
  senders: [{ address: 'hello@mail.shop.example', name: 'Shop' }],
  templates: [{ name: 'welcome', subject: 'Welcome, {{name}}', html: '<p>Hello {{name}}</p>' }],
})
const settled = new Promise<string>((resolve) => {
  for (const type of ['delivered', 'bounced', 'deferred'] as const) mail.on(type, () => resolve(type))
})
await mail.start()
const welcome = {
  from: 'Shop <hello@mail.shop.example>',
  to: 'ann@example.org',
  template: 'welcome',
  variables: { name: 'Ann' },
  idempotencyKey: 'welcome-42',
}
const first = await mail.send(welcome)
const again = await mail.send(welcome)

console.log('accepted   ', first.messages)
console.log('sent again ', again.requestId === first.requestId ? 'the same request: nothing goes out twice' : 'as new')
console.log('outcome    ', await settled)
console.log('in the list', (await mail.deliveries.messages()).items)
for (const { to, content } of receiver.mails) console.log(`\n----- what ${to} got -----\n${content}`)

if (ci) {
  deepStrictEqual(
    receiver.mails.map(({ to }) => to),
    ['ann@example.org'],
  )
  deepStrictEqual(/^Subject: (.*)\r$/m.exec(receiver.mails[0]?.content ?? '')?.[1], 'Welcome, Ann')
  deepStrictEqual(await settled, 'delivered')
  deepStrictEqual(again, first)
}
await mail.stop()
await receiver.close()
await rm(dir, { recursive: true })
