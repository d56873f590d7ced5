import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService, type MailServiceOptions, type Storage } from '@mailwright/core'
import { type Caller, createHttpHandler, type HttpOptions } from '../src/index.js'

export const DOMAIN = 'mail.shop.example'
export const SENDER = `hello@${DOMAIN}`

interface Ask {
  readonly method?: string
  /** Sent as JSON. */
  readonly json?: unknown
  readonly body?: string | Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
  /** Who asks, as `account/role`; nobody if null. */
  readonly as?: string | null
}

/** A handler over a real service on memory storage, whose toy sign-in is the header `x-caller: account/role`. */
export async function aHandler({
  storage = memoryStorage(),
  service = {},
  ...options
}: Partial<HttpOptions> & { storage?: Storage; service?: Partial<MailServiceOptions> } = {}) {
  const transport = captureTransport({
    answer: () => ({ type: 'accepted', remoteId: null, reply: { code: 250, enhanced: null, text: 'ok' } }),
  })
  const mail = await createMailService({
    storage,
    transport,
    secret: 'a secret only for the tests',
    publicUrl: 'https://app.example/mail',
    ...service,
  })
  await mail.ensure({
    domains: [{ name: DOMAIN, trust: 'operator' }],
    senders: [{ address: SENDER, name: 'Shop' }],
    templates: [{ name: 'welcome', subject: 'Welcome, {{name}}', html: '<p>Hello {{name}}</p>' }],
  })
  const errors: unknown[] = []
  const handle = createHttpHandler(mail, {
    authorize: (request) => {
      const [account, role] = request.headers.get('x-caller')?.split('/') ?? []
      return account === undefined ? null : ({ account, role } as Caller)
    },
    onError: (error) => errors.push(error),
    ...options,
  })
  const ask = (path: string, { method, json, body, headers = {}, as = 'default/admin' }: Ask = {}) => {
    const sent = json === undefined ? body : JSON.stringify(json)
    return handle(
      new Request(`https://app.example${path}`, {
        method: method ?? (sent === undefined ? 'GET' : 'POST'),
        headers: {
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...(as === null ? {} : { 'x-caller': as }),
          ...headers,
        },
        ...(sent === undefined ? {} : { body: sent }),
      }),
    )
  }
  return { mail, transport, storage, handle, ask, errors }
}

export const welcome = { from: SENDER, to: 'ann@example.org', template: 'welcome', variables: { name: 'Ann' } }

export const jsonOf = async (response: Response): Promise<Record<string, unknown>> =>
  (await response.json()) as Record<string, unknown>

/** Status and code of a refusal. */
export const refusalOf = async (response: Response): Promise<readonly [number, unknown]> => [
  response.status,
  (await jsonOf(response)).code,
]
