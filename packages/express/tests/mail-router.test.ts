import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService } from '@mailwright/core'
import express, { type Express, type Request as ExpressRequest } from 'express'
import { afterEach, describe, expect, it } from 'vitest'
import { type MailRouterOptions, mailRouter } from '../src/index.js'
import { served } from './an-app.js'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function anApp(
  build: (app: Express, router: ReturnType<typeof mailRouter>) => void,
  options: Partial<MailRouterOptions> = {},
) {
  const mail = await createMailService({
    storage: memoryStorage(),
    transport: captureTransport(),
    secret: 'a secret only for the tests',
  })
  await mail.ensure({
    domains: [{ name: 'mail.shop.example', trust: 'operator' }],
    senders: [{ address: 'hello@mail.shop.example' }],
    templates: [{ name: 'welcome', subject: 'Welcome', html: '<p>Hello {{name}}</p>' }],
  })
  const app = express()
  build(app, mailRouter(mail, { authorize: () => ({ account: 'default', role: 'admin' }), ...options }))
  const { url, close } = await served(app)
  closing.push(close, () => mail.stop())
  return { mail, url }
}

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
})
