/**
 * Mailwright without a framework: one function from Request to Response. Here node:http serves it; whatever else speaks Fetch can as well.
 *
 *   npm start            serves on PORT (3000); DATABASE_URL and SMTP_URL name your Postgres and your relay
 *
 *   curl -H 'authorization: Bearer token-of-ann' localhost:3000/mail/deliveries/messages
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Caller, createHttpHandler, nodeListener } from '@mailwright/http'
import { createMail } from './mail.js'

/** Who may call, and what they may do with mail. A real host has its own users. */
const people = new Map<string | null, Caller>([
  ['Bearer token-of-ann', { account: 'default', role: 'sender' }],
  ['Bearer token-of-bob', { account: 'default', role: 'viewer' }],
])

const mail = await createMail()
await mail.start()
const answerMail = createHttpHandler(mail, {
  basePath: '/mail',
  authorize: ({ headers }) => people.get(headers.get('authorization')) ?? null,
})

async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (pathname === '/mail' || pathname.startsWith('/mail/')) return answerMail(request)
  if (pathname !== '/orders' || request.method !== 'POST') return new Response('not here', { status: 404 })
  const { email, name } = (await request.json()) as { email: string; name: string }
  const from = 'hello@mail.shop.example'
  const { requestId } = await mail.send({ from, to: email, template: 'order', variables: { name } })
  return Response.json({ ordered: true, mail: requestId }, { status: 201 })
}

const server = createServer(nodeListener(answer)).listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
await once(server, 'listening')
console.log(`serving http://127.0.0.1:${(server.address() as AddressInfo).port}`)

// Mailwright takes no signals of its own: first no more requests, then no more mail.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close(() => void mail.stop())
    server.closeIdleConnections()
  })
}
