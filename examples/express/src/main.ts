/**
 * Mailwright inside an Express application, behind its login.
 *
 *   npm start            serves on PORT (3000); DATABASE_URL and SMTP_URL name your Postgres and your relay
 *
 * Open /mail/console/ in a browser and sign in as eve, who is an admin; or
 *
 *   curl -c jar -d 'name=ann' --data-urlencode 'password=ann’s password' localhost:3000/sign-in
 *   curl -b jar -H 'x-mailwright-request: 1' localhost:3000/mail/deliveries/messages
 */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createApp } from './app.js'
import { createMail } from './mail.js'

const mail = await createMail()
await mail.start()
const server = createApp(mail).listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
await once(server, 'listening')
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
console.log(`serving ${url}`)
console.log(`console ${url}/mail/console/`)

// Mailwright takes no signals of its own: first no more requests, then no more mail.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close(() => void mail.stop())
    server.closeIdleConnections()
  })
}
