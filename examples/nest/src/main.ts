/**
 * Mailwright inside a Nest 11 application: started on bootstrap, stopped on shutdown, served under /mail.
 *
 *   npm start            serves on PORT (3000)
 *   npm run ci           serves on a free port, drives it over HTTP, checks every answer and ends
 */
import 'reflect-metadata'
import { deepStrictEqual } from 'node:assert'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { appModule } from './app-module.js'

const ci = process.argv.includes('--ci')

// For an example: nothing leaves. README, "Grow", names what to put here instead.
const transport = captureTransport()
// Nest's parsers come before the mail routes, so the bytes must be kept.
const app = await NestFactory.create<NestExpressApplication>(appModule(transport), {
  rawBody: true,
  logger: ['error', 'warn'],
})
app.enableShutdownHooks()
await app.listen(ci ? 0 : Number(process.env.PORT ?? 3000), '127.0.0.1')
const url = await app.getUrl()
console.log(`serving ${url}; try: curl -H 'authorization: Bearer token-of-ann' ${url}/mail/messages`)

async function ask(path: string, token: string | null, body?: unknown) {
  const response = await fetch(`${url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

if (ci) {
  const letter = {
    from: 'hello@mail.shop.example',
    to: 'carl@example.org',
    template: 'order',
    variables: { name: 'Carl' },
  }
  const unsigned = await ask('/mail/send', null, letter)
  deepStrictEqual([unsigned.status, unsigned.body.code], [401, 'UNAUTHENTICATED'])
  const foreign = await ask('/mail/send', 'token-of-eve', letter)
  deepStrictEqual([foreign.status, foreign.body.code], [422, 'SENDER_NOT_FOUND'])
  deepStrictEqual((await ask('/mail/send', 'token-of-ann', letter)).status, 201)
  deepStrictEqual((await ask('/orders', null, { email: 'dora@example.org', name: 'Dora' })).status, 201)
  for (let tries = 0; tries < 200 && transport.count < 2; tries += 1) await new Promise((wait) => setTimeout(wait, 25))
  const sent = transport.messages.flatMap(({ envelope }) => envelope.to).sort()
  deepStrictEqual(sent, ['carl@example.org', 'dora@example.org'])
  deepStrictEqual((await ask('/mail/messages', 'token-of-eve')).body, { items: [], next: null })
  deepStrictEqual(await ask('/mail/health', null), { status: 200, body: { ok: true } })
  console.log(`all answers as they should be; sent to ${sent.join(', ')}`)
  await app.close()
}
