import { deepStrictEqual, ok } from 'node:assert'
import type { CaptureTransport } from '@mailwright/adapters/transport/capture'

const ANN = 'token-of-ann'
const BOB = 'token-of-bob'
const EVE = 'token-of-eve'

/** Asks the running application what its users would, and checks what it answers and what it sends. */
export async function drive(url: string, transport: CaptureTransport): Promise<void> {
  async function ask(path: string, token: string | null, body?: unknown, type = 'application/json') {
    const response = await fetch(`${url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': type, ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      ...(body === undefined ? {} : { body: type === 'application/json' ? JSON.stringify(body) : String(body) }),
    })
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, body: isJson ? await response.json() : await response.text() }
  }
  const code = ({ status, body }: Awaited<ReturnType<typeof ask>>) => [status, (body as { code?: string }).code]
  const items = async (path: string, token: string) =>
    ((await ask(path, token)).body as { items: readonly Record<string, unknown>[] }).items
  const letter = {
    from: 'hello@mail.shop.example',
    to: 'carl@example.org',
    template: 'order',
    variables: { name: 'Carl' },
  }

  // Nobody, the wrong role, another tenant.
  deepStrictEqual(code(await ask('/mail/send', null, letter)), [401, 'UNAUTHENTICATED'])
  deepStrictEqual(code(await ask('/mail/send', BOB, letter)), [403, 'FORBIDDEN'])
  deepStrictEqual(code(await ask('/mail/send', EVE, letter)), [422, 'SENDER_NOT_FOUND'])
  deepStrictEqual(transport.count, 0)

  // The service over HTTP, and the host's own route that uses it from code.
  deepStrictEqual((await ask('/mail/send', ANN, letter)).status, 201)
  deepStrictEqual((await ask('/orders', ANN, { email: 'dora@example.org', name: 'Dora' })).status, 201)

  // A batch: the CSV is the body.
  deepStrictEqual((await ask('/mail/groups', ANN, { name: 'readers' })).status, 201)
  const csv = 'email,name\nrita@example.org,Rita\nrolf@example.org,Rolf\n'
  const imported = await ask('/mail/groups/readers/import', ANN, csv, 'text/csv')
  deepStrictEqual((imported.body as { valid: number }).valid, 2)
  const { from, template } = letter
  const made = await ask('/mail/tasks', ANN, { type: 'immediate', from, template, group: 'readers' })
  deepStrictEqual(made.status, 201)
  const { id } = made.body as { id: string }

  for (let tries = 0; tries < 200 && transport.count < 4; tries += 1) await new Promise((wait) => setTimeout(wait, 25))
  const sent = transport.messages.flatMap(({ envelope }) => envelope.to).sort()
  deepStrictEqual(sent, ['carl@example.org', 'dora@example.org', 'rita@example.org', 'rolf@example.org'])
  deepStrictEqual((await items('/mail/messages', BOB)).length, 4)
  deepStrictEqual(await items('/mail/messages', EVE), [])
  deepStrictEqual(code(await ask(`/mail/tasks/${id}`, EVE)), [404, 'NOT_FOUND'])
  deepStrictEqual((await ask(`/mail/tasks/${id}`, BOB)).status, 200)

  // The link in Rita's mail: looking changes nothing, posting unsubscribes her.
  const toRita = transport.messages.find(({ envelope }) => envelope.to.includes('rita@example.org'))
  const source = Buffer.from(toRita?.content ?? [])
    .toString()
    .replace(/\r\n[ \t]/g, '')
  const link = /https:\/\/app\.example(\/mail\/unsubscribe\/[\w-]+)/.exec(source)?.[1] ?? ''
  const page = await ask(link, null)
  ok(String(page.body).includes('mail.shop.example'))
  const lookup = async () => (await ask('/mail/blocklist/lookup', BOB, { addresses: ['rita@example.org'] })).body
  const rejects = async () => ((await lookup()) as { items: { rejects: unknown[] }[] }).items[0]?.rejects.length
  deepStrictEqual(await rejects(), 0)
  const oneClick = await ask(link, null, 'List-Unsubscribe=One-Click', 'application/x-www-form-urlencoded')
  deepStrictEqual([oneClick.status, await rejects()], [200, 1])

  deepStrictEqual(await ask('/mail/health', null), { status: 200, body: { ok: true } })
  console.log(`all answers as they should be; sent to ${sent.join(', ')}`)
}
