import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService } from '@mailwright/core'
import express, { type ErrorRequestHandler, type Express, type Request as ExpressRequest } from 'express'
import { afterEach, describe, expect, it } from 'vitest'
import { type MailRouterOptions, mailRouter } from '../src/index.js'
import { served } from './an-app.js'
import { compressing } from './compressing.js'
import { versions } from './express-versions.js'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function anApp(
  build: (app: Express, router: ReturnType<typeof mailRouter>) => void,
  options: Partial<MailRouterOptions> = {},
  app = express(),
) {
  const transport = captureTransport()
  const mail = await createMailService({
    storage: memoryStorage(),
    transport,
    publicUrl: 'https://app.example',
    secret: 'a secret only for the tests',
  })
  await mail.ensure({
    domains: [{ name: 'mail.shop.example', trust: 'operator' }],
    senders: [{ address: 'hello@mail.shop.example' }],
    templates: [{ name: 'welcome', subject: 'Welcome', html: '<p>Hello {{name}}</p>' }],
  })
  build(app, mailRouter(mail, { authorize: asAdmin, ...options }))
  const { url, close } = await served(app)
  closing.push(close, () => mail.stop())
  return { mail, url, transport }
}

const asAdmin = () => ({ account: 'default', role: 'admin' }) as const

const json = { 'content-type': 'application/json' }
const body = JSON.stringify({
  from: 'hello@mail.shop.example',
  to: 'ann@example.org',
  template: 'welcome',
  variables: { name: 'Ann' },
})
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code

describe('mailRouter', () => {
  it('sends and lists under its path, and lets the application’s other paths be', async () => {
    const { url, mail } = await anApp((app, router) => {
      app.use('/mail', router)
      app.get('/mailbox', (_, res) => void res.send('the host’s own'))
    })
    const sent = await fetch(`${url}/mail/send`, { method: 'POST', headers: json, body })
    expect(sent.status).toBe(201)
    expect((await mail.deliveries.messages()).items).toHaveLength(1)
    expect(await (await fetch(`${url}/mailbox`)).text()).toBe('the host’s own')
    expect(await codeOf(await fetch(`${url}/mail/nothing`))).toBe('ROUTE_UNKNOWN')
  })

  it('streams an import through to the group', async () => {
    const { url, mail } = await anApp((app, router) => app.use(router))
    await mail.groups.create({ name: 'readers' })
    const csv = `email,name\n${Array.from({ length: 5_000 }, (_, at) => `r${at}@example.org,R ${at}`).join('\n')}\n`
    const response = await fetch(`${url}/groups/readers/import`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: csv,
    })
    expect(await response.json()).toMatchObject({ total: 5_000, valid: 5_000 })
  })

  it('says RAW_BODY_CONSUMED with the remedy behind a parser that keeps nothing, and stores nothing', async () => {
    const errors: unknown[] = []
    const { url, mail } = await anApp((app, router) => app.use(express.json(), router), {
      onError: (error) => errors.push(error),
    })
    const response = await fetch(`${url}/send`, { method: 'POST', headers: json, body })
    expect(response.status).toBe(500)
    expect(await response.json()).toMatchObject({
      code: 'RAW_BODY_CONSUMED',
      title: expect.stringContaining('Mount the router before body parsers'),
    })
    expect(errors).toMatchObject([{ code: 'RAW_BODY_CONSUMED' }])
    expect((await mail.deliveries.messages()).items).toEqual([])
    expect((await fetch(`${url}/deliveries/messages`)).status).toBe(200)
  })

  it('TRK-3: one click unsubscribes also behind a parser that keeps nothing', async () => {
    const { url, mail, transport } = await anApp((app, router) => app.use(express.urlencoded(), router))
    await mail.send({ ...JSON.parse(body), unsubscribe: true })
    await mail.tick()
    const content = Buffer.from(transport.messages[0]?.content ?? []).toString()
    const [, token] =
      /List-Unsubscribe: <https:\/\/app\.example\/unsubscribe\/([^>]+)>/.exec(content.replace(/\r\n[ \t]/g, '')) ?? []
    const response = await fetch(`${url}/unsubscribe/${token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    })
    expect(response.status).toBe(200)
    expect((await mail.blocklist.rejects.list()).items).toMatchObject([{ address: 'ann@example.org' }])
  })

  it('ACC-3: authorize sees what the host’s login put on the request, and refuses everybody else', async () => {
    const authorize = (_: Request, req: ExpressRequest) => {
      const user: unknown = 'user' in req ? req.user : undefined
      return user === 'ann' ? ({ account: 'acme', role: 'sender' } as const) : null
    }
    const { url } = await anApp(
      (app, router) => {
        app.use((req, _, next) => {
          if (req.headers.authorization === 'Bearer ann') Object.assign(req, { user: 'ann' })
          next()
        })
        app.use('/mail', router)
      },
      { authorize },
    )
    expect(await codeOf(await fetch(`${url}/mail/tasks`))).toBe('UNAUTHENTICATED')
    const headers = { authorization: 'Bearer ann' }
    expect((await fetch(`${url}/mail/tasks`, { headers })).status).toBe(200)
    expect((await fetch(`${url}/mail/health`)).status).toBe(200)
  })

  it('ACC-3: is not made without authorize', async () => {
    // @ts-expect-error a host written in JavaScript may leave it out
    await expect(anApp((app, router) => app.use(router), { authorize: undefined })).rejects.toMatchObject({
      code: 'OPTIONS_INVALID',
    })
  })

  it('is compressed by middleware that does so', async () => {
    const { url } = await anApp((app, router) => app.use(compressing, router))
    const response = await fetch(`${url}/deliveries/messages`)
    expect([response.headers.get('content-encoding'), await response.json()]).toEqual([
      'gzip',
      { items: [], next: null },
    ])
  })

  it('an error of the host’s own before it is the host’s to answer', async () => {
    const { url } = await anApp((app, router) => {
      app.use(async (req, _, next) => {
        await Promise.resolve()
        next(req.headers['x-broken'] === undefined ? undefined : new Error('the session store is away'))
      })
      app.use('/mail', router)
      const answer: ErrorRequestHandler = (_error, _req, res, _next) => void res.status(503).send('the host’s own')
      app.use(answer)
    })
    const broken = await fetch(`${url}/mail/health`, { headers: { 'x-broken': '1' } })
    expect([broken.status, await broken.text()]).toEqual([503, 'the host’s own'])
    expect((await fetch(`${url}/mail/health`)).status).toBe(200)
  })
})

describe.each(versions)('%s behind a proxy that changes Host', (_version, make) => {
  const write = async (trust: unknown, headers: Readonly<Record<string, string>>) => {
    const app = make()
    const { url } = await anApp((_, router) => app.set('trust proxy', trust).use('/mail', router), {}, app)
    const made = { method: 'POST', body: '{"name":"readers"}', headers: { ...json, ...headers } }
    return (await fetch(`${url}/mail/groups`, made)).status
  }
  const origin = 'https://app.example:8443'
  const forwarded = { 'x-forwarded-host': 'app.example:8443', 'x-forwarded-proto': 'https' }

  it('ACC-3: compares the origin with the host that a trusted proxy says was asked, and with no other’s word', async () => {
    expect(await write('loopback', { origin, ...forwarded })).toBe(201)
    expect(await write(false, { origin, ...forwarded })).toBe(403)
    expect(await write('loopback', { origin: 'https://elsewhere.example', ...forwarded })).toBe(403)
    expect(await write('loopback', { origin })).toBe(403)
  })
})
