import { mailgunEvents } from '@mailwright/adapters/provider/mailgun'
import { postmarkEvents } from '@mailwright/adapters/provider/postmark'
import { resendEvents } from '@mailwright/adapters/provider/resend'
import { authorizeByApiKey, createHttpHandler, type HttpOptions } from '@mailwright/http'
import { describe, expect, it } from 'vitest'
import { routes } from '../../packages/http/src/routes/index.js'
import { blabs } from './blab.js'
import { contents, hits, secretHits, secrets } from './canaries.js'
import { aCanaryService, personOf, sendAndSettle, tokensIn } from './canary-mails.js'
import { type FaultyStorage, faultyStorage } from './faulty-storage.js'
import { aWitness, type Witness, watchStreams } from './witness.js'

watchStreams()

const eventSources = {
  mailgun: mailgunEvents({ signingKey: secrets.mailgunKey }),
  postmark: postmarkEvents({ secret: { type: 'path', value: secrets.postmarkSecret } }),
  resend: resendEvents({ secret: secrets.resendSecret }),
}

/** A handler over a service full of canaries, and a key that may do everything. */
async function aSite(witness: Witness, faults?: FaultyStorage, more: Partial<HttpOptions> = {}) {
  const service = await aCanaryService(witness, { eventSources }, faults ? { storage: faults.storage } : {})
  const { key } = await service.mail.apiKeys.create({ name: 'site', role: 'admin' })
  const errors: unknown[] = []
  const handler = createHttpHandler(service.mail, {
    authorize: authorizeByApiKey(service.mail),
    onError: (error) => errors.push(error),
    ...more,
  })
  const ask = (path: string, init: RequestInit) => handler(new Request(`https://app.example${path}`, init))
  return { ...service, key, errors, ask }
}

const everything = { ...contents, ...secrets }
const filled = {
  from: personOf('recipient'),
  to: [personOf('recipient'), contents.name],
  cc: contents.copied,
  ...{ template: contents.name, group: contents.name, name: contents.name, address: personOf('hidden') },
  ...{ subject: `${contents.subject}\r\n`, html: `<p {{${contents.body}`, text: contents.body, variables: everything },
  ...{ addresses: [contents.recipient, personOf('copied')], url: `http://shop:${secrets.callbackPassword}@10.0.0.1/` },
  ...{
    secret: secrets.callbackSecret.slice(0, -9),
    role: secrets.wrongKey,
    reason: contents.body,
    type: contents.body,
  },
  attachments: [{ name: `${contents.fileName}.exe`, content: contents.attachment }],
  headers: { [contents.header]: contents.header },
}
/** What somebody may post by mistake: half a JSON, all of it in wrong places, unknown fields, a list that is none. */
const bodies: readonly (readonly [type: string, body: string])[] = [
  ['application/json', JSON.stringify(everything).slice(0, -5)],
  ['application/json', JSON.stringify(filled)],
  [
    'application/json',
    JSON.stringify({ ...filled, ...Object.fromEntries(Object.values(everything).map((one) => [one, one])) }),
  ],
  ['application/json', JSON.stringify([Object.values(everything)])],
  ['text/csv', `email,${contents.name}\n${personOf('recipient')},${contents.cell},x\n"${contents.body}`],
  ['text/csv', `${contents.cell};${contents.body}\n${JSON.stringify(everything)}`],
  [`multipart/form-data; boundary=${contents.header}`, `--${contents.header}\r\n${contents.body}`],
  [contents.header, contents.body],
]
const cookie = `sid=${secrets.cookie}`
/** Nobody, a wrong key, another token, a password. */
const strangers: readonly Record<string, string>[] = [
  { cookie },
  { cookie, authorization: `Bearer ${secrets.wrongKey}` },
  { cookie, authorization: `Bearer ${secrets.bearer}` },
  { cookie, authorization: `Basic ${Buffer.from(`a:${secrets.bearer}`).toString('base64')}` },
]

interface Asked {
  readonly path: string
  readonly init: RequestInit
}

/** Each route that asks who is calling, with each body that it might be given. */
const requestsOf = (headersAt: (index: number) => Record<string, string>): readonly Asked[] =>
  routes
    .flatMap(({ method, path, verb }): readonly (Asked & { readonly type: string })[] => {
      if (verb === 'public') return []
      const at = path.replaceAll(/:\w+/g, encodeURIComponent(contents.name))
      const query = `${at}?cursor=${contents.cell}&${contents.header}=${contents.body}&limit=${secrets.bearer}`
      if (method === 'GET' || method === 'DELETE') return [{ path: query, init: { method }, type: contents.header }]
      return bodies.map(([type, body]) => ({ path: at, init: { method, body }, type }))
    })
    .map(({ path, init, type }, index) => ({
      path,
      init: { ...init, headers: { ...headersAt(index), 'content-type': type } },
    }))

/** The sentence of a problem (RFC 9457), which holds no content; its details may name what the caller gave (ERR-2). */
async function sentenceOf(response: Response): Promise<string> {
  const { title, detail, type } = (await response.clone().json()) as Record<string, unknown>
  return `${type} ${title} ${detail}`
}

describe('what HTTP tells of what it refuses', () => {
  it('T23: nothing to whom it does not know', async () => {
    const witness = aWitness()
    const { ask, key, errors } = await aSite(witness)
    const statuses = new Set<number>()
    for (const { path, init } of requestsOf((index) => strangers[index % strangers.length] ?? {})) {
      const response = await ask(path, init)
      statuses.add(response.status)
      await witness.noteResponse(response)
    }
    expect([...statuses]).toEqual([401])
    expect(errors).toEqual([])
    expect(hits(witness.text(), [key])).toEqual([])
  })

  it('T23, ERR-2: to who may ask, no secret, and in its sentences nothing of what was given', async () => {
    const witness = aWitness()
    const { ask, key, errors } = await aSite(witness)
    const told: string[] = []
    let refusals = 0
    for (const { path, init } of requestsOf(() => ({ cookie, authorization: `Bearer ${key}` }))) {
      const response = await ask(path, init)
      if (response.status < 400) await response.body?.cancel()
      else {
        refusals += 1
        witness.note(await sentenceOf(response))
        told.push(await response.text())
      }
    }
    expect(refusals).toBeGreaterThan(200)
    expect(errors).toEqual([])
    expect(secretHits(told.join('\n'), [key])).toEqual([])
    expect(hits(witness.text(), [key])).toEqual([])
  })

  it('T23: nothing of forged links and hooks', async () => {
    const witness = aWitness()
    const site = await aSite(witness)
    await sendAndSettle(site, witness)
    const tokens = tokensIn(site.transport.messages.map(({ content }) => content))
    const headers = { cookie, authorization: `Bearer ${secrets.bearer}`, 'user-agent': contents.header }
    for (const token of [...tokens.map((one) => `${one.slice(0, -4)}AAAA`), contents.name, secrets.wrongKey])
      for (const path of ['o', 'c', 'unsubscribe'])
        for (const method of ['GET', 'POST'])
          await witness.noteResponse(await site.ask(`/${path}/${token}`, { method, headers }))
    for (const name of [...Object.keys(eventSources), contents.name])
      for (const secret of ['', `/${secrets.postmarkSecret}`, `/${secrets.postmarkSecret}x`, `/${secrets.mailgunKey}`])
        for (const [type, body] of bodies) {
          const init = { method: 'POST', headers: { ...headers, 'content-type': type }, body }
          const response = await site.ask(`/hooks/${name}${secret}`, init)
          expect(response.status).toBeGreaterThanOrEqual(400)
          await witness.noteResponse(response)
          const request = { method: 'POST', url: `/hooks/${name}${secret}`, headers, body: Buffer.from(body) }
          await site.mail.ingest.provider(name, request).catch(witness.note)
        }
    expect(hits(witness.text(), tokens)).toEqual([])
  })

  it.each(Object.entries(blabs))('T23: nothing of %s in the host’s sign-in or in the storage', async (_, blab) => {
    const witness = aWitness()
    const faults = faultyStorage(blab)
    const { ask, key, errors } = await aSite(witness, faults)
    const throwing = await aSite(witness, undefined, { authorize: (request) => Promise.reject(blab(request)) })
    const init = { headers: { cookie, authorization: `Bearer ${key}` } }
    const answers: Response[] = []
    for (const verb of ['records', 'messagesPage', 'recordByKey', 'tallies']) {
      faults.fail(verb, '', Number.POSITIVE_INFINITY)
      for (const path of ['/templates', '/messages', `/groups/${contents.name}`, '/api-keys', '/health/ready'])
        answers.push(await ask(path, init))
    }
    answers.push(await throwing.ask('/templates', init))
    const failed = answers.filter(({ status }) => status >= 500)
    expect(failed.length).toBeGreaterThan(3)
    for (const response of failed) await witness.noteResponse(response)
    expect(errors.length).toBeGreaterThan(1)
    expect(throwing.errors).toHaveLength(1)
    expect(hits(witness.text(), [key])).toEqual([])
  })
})
