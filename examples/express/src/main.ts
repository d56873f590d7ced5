/**
 * Mailwright inside an Express 5 application, behind its login.
 *
 *   npm start            serves on PORT (3000)
 *   npm run ci           serves on a free port, drives it over HTTP, checks every answer and ends
 */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService } from '@mailwright/core'
import { createApp } from './app.js'
import { drive } from './drive.js'

const ci = process.argv.includes('--ci')

// For an example: nothing is kept and nothing leaves. README, "Grow", names what to put here instead.
const transport = captureTransport()
const mail = await createMailService({
  storage: memoryStorage(),
  transport,
  secret: 'only good enough for an example',
  publicUrl: 'https://app.example/mail',
})
await mail.ensure({
  domains: [{ name: 'mail.shop.example', trust: 'operator' }],
  senders: [{ address: 'hello@mail.shop.example', name: 'Shop' }],
  templates: [{ name: 'order', subject: 'Your order, {{name}}', html: '<p>Thank you, {{name}}</p>' }],
})
await mail.start()

const server = createApp(mail).listen(ci ? 0 : Number(process.env.PORT ?? 3000))
await once(server, 'listening')
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
console.log(`serving ${url}; try: curl -H 'authorization: Bearer token-of-ann' ${url}/mail/messages`)

if (ci) {
  await drive(url, transport)
  server.close()
  server.closeAllConnections()
  await mail.stop()
}
