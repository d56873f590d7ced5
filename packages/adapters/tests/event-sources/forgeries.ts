import { createHmac } from 'node:crypto'
import type { EventSourceUnderTest } from '@mailwright/conformance'
import type { RawRequest } from '@mailwright/core'
import { createMailgun, mailgunKey } from './mailgun.js'
import { createPostmark } from './postmark.js'
import { createResend, resendSecret } from './resend.js'
import { createSendgrid } from './sendgrid.js'
import { createSes, type Envelope, notification, signSns, topicArn } from './ses.js'
import { createTencent } from './tencent.js'
import { now, post, seconds, secret } from './values.js'

/** What somebody posts who is not the provider, or who has changed or kept what the provider posted. */
export interface Forgery {
  readonly name: string
  readonly request: RawRequest
  /** When it comes, if not when it was signed. */
  readonly at?: number
}

export interface ForgedProvider {
  readonly create: () => Promise<EventSourceUnderTest>
  /** Made of a request that is true, and of another. */
  readonly forgeries: (made: EventSourceUnderTest, one: RawRequest, other: RawRequest) => readonly Forgery[]
}

const textOf = ({ body }: RawRequest): string => Buffer.from(body).toString('utf8')
const withText = (request: RawRequest, text: string | Buffer): RawRequest => ({ ...request, body: Buffer.from(text) })
const withHeader = (request: RawRequest, name: string, value: string | null): RawRequest => {
  const headers = new Headers(request.headers)
  if (value === null) headers.delete(name)
  else headers.set(name, value)
  return { ...request, headers }
}
const twice = (request: RawRequest, name: string): RawRequest => {
  const headers = new Headers(request.headers)
  headers.append(name, request.headers.get(name) ?? '')
  return { ...request, headers }
}
const forge = (name: string, request: RawRequest, at = now): Forgery => ({ name, request, at })

/** Other bytes of the same meaning, and other meanings in nearly the same bytes: for who signs the bytes. */
const otherBytes = (request: RawRequest): readonly Forgery[] => {
  const text = textOf(request)
  return [
    forge('a letter changed', withText(request, text.replace('example', 'exbmple'))),
    forge('truncated', withText(request, text.slice(0, -20))),
    forge('a byte behind it', withText(request, `${text}\n`)),
    forge('with a byte order mark', withText(request, `\ufeff${text}`)),
    forge('in UTF-16', withText(request, Buffer.from(text, 'utf16le'))),
    forge('written anew', withText(request, JSON.stringify(JSON.parse(text), null, 1))),
    forge('empty', withText(request, '')),
  ]
}

const DAY = 86_400_000
const SG_SIGNATURE = 'x-twilio-email-event-webhook-signature'
const SG_TIMESTAMP = 'x-twilio-email-event-webhook-timestamp'

const sendgrid: ForgedProvider = {
  create: createSendgrid,
  forgeries: (made, one, other) => {
    const signature = one.headers.get(SG_SIGNATURE) ?? ''
    return [
      ...otherBytes(one),
      forge('unsigned', made.unsign(one)),
      forge('by another key', made.forge(one)),
      forge('without a timestamp', withHeader(one, SG_TIMESTAMP, null)),
      forge('with another timestamp', withHeader(one, SG_TIMESTAMP, String(seconds + 1))),
      forge('with a timestamp in words', withHeader(one, SG_TIMESTAMP, 'now')),
      forge('with the timestamp twice', twice(one, SG_TIMESTAMP)),
      forge('with the signature of another batch', withHeader(one, SG_SIGNATURE, other.headers.get(SG_SIGNATURE))),
      forge(
        'with the signature in hex',
        withHeader(one, SG_SIGNATURE, Buffer.from(signature, 'base64').toString('hex')),
      ),
      forge('with half a signature', withHeader(one, SG_SIGNATURE, signature.slice(0, 40))),
      forge('an event taken out', withText(one, JSON.stringify(JSON.parse(textOf(one)).slice(1)))),
      forge('a day and a second late', one, now + DAY + 1_000),
      forge('a day and a second early', one, now - DAY - 1_000),
    ]
  },
}

const resend: ForgedProvider = {
  create: createResend,
  forgeries: (made, one, other) => {
    const signature = one.headers.get('svix-signature')?.split(' ').at(-1) ?? ''
    const asText = createHmac('sha256', resendSecret).update(`${one.headers.get('svix-id')}.${seconds}.${textOf(one)}`)
    const signed = (value: string) => withHeader(one, 'svix-signature', value)
    return [
      ...otherBytes(one),
      forge('unsigned', made.unsign(one)),
      forge('by another key', made.forge(one)),
      forge('under another id', withHeader(one, 'svix-id', 'msg_other')),
      forge('without an id', withHeader(one, 'svix-id', null)),
      forge('with another timestamp', withHeader(one, 'svix-timestamp', String(seconds + 1))),
      forge('with a timestamp of parts', withHeader(one, 'svix-timestamp', `${seconds}.0`)),
      forge('with the signature of another', signed(other.headers.get('svix-signature') ?? '')),
      forge('without the version', signed(signature.replace('v1,', ''))),
      forge('of another version', signed(signature.replace('v1,', 'v2,'))),
      forge('the true signature behind ten false ones', signed(`${'v1,AAAA '.repeat(10)}${signature}`)),
      forge('by the key as it is written', signed(`v1,${asText.digest('base64')}`)),
      forge('five minutes and a second late', one, now + 301_000),
      forge('five minutes and a second early', one, now - 301_000),
    ]
  },
}

const envelopeOf = (request: RawRequest): Envelope => JSON.parse(textOf(request))

const ses: ForgedProvider = {
  create: createSes,
  forgeries: (made, one, other) => {
    const envelope = envelopeOf(one)
    const changed = (change: Envelope) => post({ ...envelope, ...change })
    const signed = (change: Envelope) => post(signSns({ ...notification({}), ...change }))
    const at = (ms: number) => ({ Timestamp: new Date(ms).toISOString() })
    const text = textOf(one)
    return [
      forge('unsigned', made.unsign(one)),
      forge('by another key', made.forge(one)),
      forge('another message', changed({ Message: '{}' })),
      forge('another id', changed({ MessageId: 'another' })),
      forge('another time', changed(at(now + 1_000))),
      forge('a subject added', changed({ Subject: 'news' })),
      forge('another kind', changed({ Type: 'UnsubscribeConfirmation' })),
      forge('an unknown kind', signed({ Type: 'Gossip' })),
      forge('a kind that every object has', changed({ Type: 'constructor' })),
      forge('a signature version that every object has', changed({ SignatureVersion: 'constructor' })),
      forge('of another topic', signed({ TopicArn: `${topicArn}-2` })),
      forge('of a topic that begins like ours', signed({ TopicArn: topicArn.slice(0, -1) })),
      forge('of an unknown signature version', changed({ SignatureVersion: '3' })),
      forge('of the older signature version', changed({ SignatureVersion: '1' })),
      forge('with the signature of another', changed({ Signature: envelopeOf(other).Signature ?? '' })),
      forge('with half a signature', changed({ Signature: (envelope.Signature ?? '').slice(0, 100) })),
      forge('a second message behind the signed one', withText(one, `${text.slice(0, -1)},"Message":"{}"}`)),
      forge('without its envelope', withText(one, envelope.Message ?? '')),
      forge('truncated', withText(one, text.slice(0, -20))),
      forge('in UTF-16', withText(one, Buffer.from(text, 'utf16le'))),
      forge('two hours and a second late', one, now + 7_201_000),
      forge('two hours and a second early', one, now - 7_201_000),
      forge('signed today, of yesterday', signed(at(now - DAY))),
    ]
  },
}

const mailgun: ForgedProvider = {
  create: createMailgun,
  forgeries: (made, one) => {
    const body = JSON.parse(textOf(one))
    const { timestamp, token, signature } = body.signature
    const changed = (change: object) => post({ ...body, signature: { ...body.signature, ...change } })
    const mac = (digest: string) => createHmac(digest, mailgunKey).update(`${timestamp}${token}`)
    return [
      forge('unsigned', made.unsign(one)),
      forge('by another key', made.forge(one)),
      forge('another token', changed({ token: 'b'.repeat(50) })),
      forge('no token', changed({ token: '' })),
      forge('another timestamp', changed({ timestamp: String(seconds + 1) })),
      forge('a timestamp with an exponent', changed({ timestamp: '1e9' })),
      forge(
        'a digit moved from the timestamp to the token',
        changed({ timestamp: timestamp.slice(0, -1), token: `${timestamp.at(-1)}${token}` }),
      ),
      forge('half a signature', changed({ signature: signature.slice(0, 32) })),
      forge('a list of signatures', changed({ signature: [signature] })),
      forge('the signature in base64', changed({ signature: mac('sha256').digest('base64') })),
      forge('by SHA-1', changed({ signature: mac('sha1').digest('hex') })),
      forge('as a form', withText(one, new URLSearchParams({ timestamp, token, signature }).toString())),
      forge('in a list', post([body])),
      forge('truncated', withText(one, textOf(one).slice(0, -20))),
      forge('a day and a second late', one, now + DAY + 1_000),
      forge('a day and a second early', one, now - DAY - 1_000),
    ]
  },
}

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

const postmark: ForgedProvider = {
  create: createPostmark,
  forgeries: (made, one) => {
    const authorized = (value: string | null) => withHeader(one, 'authorization', value)
    return [
      forge('unsigned', made.unsign(one)),
      forge('with another password', made.forge(one)),
      forge('with another user', authorized(basic(`admin:${secret}`))),
      forge('with the password alone', authorized(basic(secret))),
      forge('with the beginning of the password', authorized(basic(`postmark:${secret.slice(0, -1)}`))),
      forge('with more than the password', authorized(basic(`postmark:${secret}x`))),
      forge('with the password as a token', authorized(`Bearer ${secret}`)),
      forge('with the password in the path', { ...authorized(null), url: `/hooks/postmark/${secret}` }),
      forge('with the password in the query', { ...authorized(null), url: `/hooks/postmark?password=${secret}` }),
      forge('with the header twice', twice(one, 'authorization')),
      forge('with the headers of another provider', {
        ...one,
        headers: new Headers({ [SG_TIMESTAMP]: String(seconds), [SG_SIGNATURE]: 'AAAA' }),
      }),
    ]
  },
}

const tencent: ForgedProvider = {
  create: createTencent,
  forgeries: (made, one) => {
    const at = (url: string) => ({ ...one, url })
    return [
      forge('without the secret', made.unsign(one)),
      forge('with another secret', made.forge(one)),
      forge('with the beginning of it', at(`/hooks/tencent/${secret.slice(0, -1)}`)),
      forge('with more than it', at(`/hooks/tencent/${secret}x`)),
      forge('in capitals', at(`/hooks/tencent/${secret.toUpperCase()}`)),
      forge('in the query', at(`/hooks/tencent?secret=${secret}`)),
      forge('in the query, like a path', at(`/hooks/tencent?/${secret}`)),
      forge('in the fragment', at(`/hooks/tencent#/${secret}`)),
      forge('before the end of the path', at(`/hooks/${secret}/tencent`)),
      forge(
        'in escapes',
        at(`/hooks/tencent/${[...secret].map((one) => `%${one.charCodeAt(0).toString(16)}`).join('')}`),
      ),
      forge('in a header', withHeader(at('/hooks/tencent'), 'authorization', basic(`tencent:${secret}`))),
    ]
  },
}

export const forgedProviders: readonly ForgedProvider[] = [ses, sendgrid, resend, mailgun, postmark, tencent]
