import { createHash } from 'node:crypto'
import { postmarkEvents } from '@mailwright/adapters/provider/postmark'
import { type EventSource, MailError, type ProviderEvent } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../tests/a-handler.js'
import { aLinkedMail, aStorageThatGoes } from '../../tests/a-linked-mail.js'
import { aStalledRequest } from '../../tests/a-stalled-body.js'

const digest = (text: string) => createHash('sha256').update(text).digest('hex')
const KEY = 'only the provider knows this'

/** A provider that signs the path and the raw bytes with a shared word, and cannot be checked while its key is not to be had. */
const tiny: EventSource = {
  name: 'tiny',
  async verify({ method, url, headers, body }) {
    if (headers.get('x-key') === 'not yet') throw new MailError('ADAPTER_FAILED', { source: 'tiny' })
    const signed = digest(`${method} ${url} ${Buffer.from(body).toString('hex')} ${KEY}`)
    if (headers.get('x-key') !== signed) throw new MailError('EVENT_SIGNATURE_INVALID', { source: 'tiny' })
  },
  parse({ body }) {
    if (body[0] !== 0x5b) throw new MailError('EVENT_INVALID', { source: 'tiny' })
    return JSON.parse(Buffer.from(body).toString()) as ProviderEvent[]
  },
}

const eventSources = { tiny, postmark: postmarkEvents({ secret: { type: 'path', value: KEY.replaceAll(' ', '-') } }) }
const aHost = (options: Parameters<typeof aLinkedMail>[0] = {}) =>
  aLinkedMail({ service: { eventSources }, ...options })
const signed = (path: string, text: string) => {
  const body = Buffer.from(text, 'latin1')
  const key = digest(`POST ${path} ${body.toString('hex')} ${KEY}`)
  return { method: 'POST', as: null, body, headers: { 'content-type': 'text/plain; charset=UTF-8', 'x-key': key } }
}

describe('the hooks of providers', () => {
  it('DLV-5, T32: an event is stored from the raw bytes, whatever their type, and its repetition changes nothing', async () => {
    const { ask, clock, transport, settled, kinds } = await aHost({ basePath: '/mail' })
    const event = { key: 'é1', at: clock.now(), message: transport.messages[0]?.id, recipient: 'ann@example.org' }
    const body = `[ ${JSON.stringify({ ...event, happened: { type: 'complained', feedbackType: 'abuse' } })}\r\n]`
    for (const _ of [1, 2, 3]) {
      const response = await ask('/mail/hooks/tiny?a=1', signed('/mail/hooks/tiny?a=1', body))
      expect([response.status, await response.json()]).toEqual([200, { ok: true }])
    }
    await settled()
    expect((await kinds()).slice(2)).toEqual(['complaint'])
  })

  it.each([
    [
      'another signature',
      '/hooks/tiny',
      { ...signed('/hooks/tiny', '[]'), body: '[ ]' },
      401,
      'EVENT_SIGNATURE_INVALID',
    ],
    ['no signature', '/hooks/tiny', { method: 'POST', as: null }, 401, 'EVENT_SIGNATURE_INVALID'],
    ['a form that is not the provider’s', '/hooks/tiny', signed('/hooks/tiny', '{}'), 400, 'EVENT_INVALID'],
    ['a name that nobody has', '/hooks/constructor', signed('/hooks/constructor', '[]'), 404, 'NOT_FOUND'],
    [
      'what cannot be checked yet',
      '/hooks/tiny',
      { ...signed('/hooks/tiny', '[]'), headers: { 'x-key': 'not yet' } },
      503,
      'ADAPTER_FAILED',
    ],
    ['a megabyte and more', '/hooks/tiny', signed('/hooks/tiny', 'x'.repeat(1_048_577)), 413, 'BODY_TOO_LARGE'],
    ['GET', '/hooks/tiny', { as: null }, 405, 'METHOD_NOT_ALLOWED'],
  ])('DLV-5, T32: %s is refused', async (_, path, asked, status, code) => {
    const { ask, settled, kinds } = await aHost()
    expect(await refusalOf(await ask(path, asked))).toEqual([status, code])
    await settled()
    expect(await kinds()).toEqual(['accepted', 'delivered'])
  })

  it('DLV-5: a secret in the path is one', async () => {
    const { ask } = await aHost()
    const body = JSON.stringify({ RecordType: 'Bounce', Type: 'HardBounce', BouncedAt: '2026-11-23T09:00:00Z' })
    const post = async (path: string) => (await ask(path, { method: 'POST', as: null, body })).status
    expect(await post(`/hooks/postmark/${KEY.replaceAll(' ', '-')}`)).toBe(200)
    expect([await post('/hooks/postmark'), await post('/hooks/postmark/guessed')]).toEqual([401, 401])
  })

  it('DLV-5: what cannot be stored is not thanked for, so that the provider comes again', async () => {
    const { storage, go } = aStorageThatGoes()
    const { ask, clock, transport, errors } = await aHost({ storage })
    const event = { key: 'k', at: clock.now(), message: transport.messages[0]?.id, recipient: null }
    const body = JSON.stringify([{ ...event, happened: { type: 'complained', feedbackType: 'abuse' } }])
    go(true)
    expect((await ask('/hooks/tiny', signed('/hooks/tiny', body))).status).toBe(503)
    expect(errors).toMatchObject([{ code: 'STORAGE_UNAVAILABLE' }])
    go(false)
    expect((await ask('/hooks/tiny', signed('/hooks/tiny', body))).status).toBe(200)
  })

  it('T29: a body that is not there in ten seconds is given up', async () => {
    const { handle } = await aHost()
    const stalled = aStalledRequest('https://app.example/hooks/tiny')
    const { response, timers } = await stalled.answeredAfter(10_000, handle)
    expect([await refusalOf(response), timers]).toEqual([[408, 'BODY_TIMEOUT'], 0])
  })
})
