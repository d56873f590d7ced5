/**
 * Starts the example in the current folder as a process of its own and asks of it over HTTP what its users would.
 *
 *   tsx ../../tests/examples/drive.ts express
 */
import { deepStrictEqual, ok } from 'node:assert'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

type SignIn = (url: string, name: string, password?: string) => Promise<Readonly<Record<string, string>>>

async function byCookie(url: string, name: string, password = `${name}’s password`) {
  const response = await fetch(`${url}/sign-in`, { method: 'POST', body: new URLSearchParams({ name, password }) })
  return { cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
}

const signIns: Readonly<Record<string, SignIn>> = {
  express: byCookie,
  nest: async (_, name, password = `password-of-${name}`) => ({
    authorization: `Basic ${btoa(`${name}:${password}`)}`,
  }),
  fetch: async (_, name, password = `token-of-${name}`) => ({ authorization: `Bearer ${password}` }),
}

const signIn = signIns[process.argv[2] ?? '']
ok(signIn, 'name one of the examples')
const dir = await mkdtemp(join(tmpdir(), 'mailwright-example-'))
const { DATABASE_URL: _database, SMTP_URL: _relay, ...env } = process.env
const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
  env: { ...env, PORT: '0', DATA_DIR: join(dir, 'data') },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const exited = once(child, 'exit')

/** The address that it says it serves. */
async function served(): Promise<string> {
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /serving (http:\S+)/.exec(line)?.[1]
    if (url !== undefined) return url
  }
  throw new Error('it ended without serving')
}

async function drive(url: string, signedIn: SignIn): Promise<void> {
  async function ask(path: string, headers: Readonly<Record<string, string>>, body?: unknown) {
    const response = await fetch(`${url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json', origin: url, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const codeOf = ({ status, body }: Awaited<ReturnType<typeof ask>>) => [status, body.code]
  const from = 'hello@mail.shop.example'
  const letter = { from, to: 'carl@example.org', template: 'order', variables: { name: 'Carl' } }

  // Nobody, a wrong password, a role that may only look, a page of another site.
  const ann = await signedIn(url, 'ann')
  deepStrictEqual(codeOf(await ask('/mail/send', {}, letter)), [401, 'UNAUTHENTICATED'])
  deepStrictEqual(codeOf(await ask('/mail/send', await signedIn(url, 'ann', 'wrong'), letter)), [
    401,
    'UNAUTHENTICATED',
  ])
  deepStrictEqual(codeOf(await ask('/mail/send', await signedIn(url, 'bob'), letter)), [403, 'FORBIDDEN'])
  const elsewhere = { ...ann, origin: 'https://elsewhere.example' }
  deepStrictEqual(codeOf(await ask('/mail/send', elsewhere, letter)), [403, 'CROSS_ORIGIN'])
  deepStrictEqual((await ask('/mail/deliveries/messages', ann)).body.items, [])

  // A mail over HTTP with its timeline, and one from the host's own code.
  const sent = await ask('/mail/send', ann, letter)
  deepStrictEqual(sent.status, 201)
  const [message] = sent.body.messages as readonly { readonly id: string }[]
  let timeline = ''
  for (let tries = 0; tries < 2_000 && !timeline.includes('delivered'); tries += 1)
    timeline = JSON.stringify((await ask(`/mail/deliveries/messages/${message?.id}/timeline`, ann)).body)
  ok(timeline.includes('delivered'), timeline)
  deepStrictEqual((await ask('/orders', ann, { email: 'dora@example.org', name: 'Dora' })).status, 201)
  deepStrictEqual((await ask('/mail/health', {})).status, 200)

  // The console, where the example has one: for whoever is signed in.
  if (process.argv.includes('--console')) {
    const page = await fetch(`${url}/mail/console/`, { headers: ann })
    deepStrictEqual([page.status, page.headers.get('content-type')], [200, 'text/html; charset=utf-8'])
    const stranger = await fetch(`${url}/mail/console/`)
    deepStrictEqual(stranger.status, 401)
  }
}

try {
  await drive(await served(), signIn)
  child.kill('SIGTERM')
  const [code, signal] = await exited
  // Nest ends by the signal itself, once everything is stopped.
  ok(code === 0 || signal === 'SIGTERM', `ended with ${code ?? signal}`)
  console.log('all answers as they should be, and a clean end')
} finally {
  child.kill('SIGKILL')
  await rm(dir, { recursive: true, force: true })
}
