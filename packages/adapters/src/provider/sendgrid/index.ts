import { createPublicKey, createVerify, type KeyObject } from 'node:crypto'
import { MailError, type ProviderEvent, type ProviderHappening } from '@mailwright/core'
import type { ProviderEventSource } from '../reading/event-source.js'
import { type Fields, fieldsOf, jsonOf, textOf } from '../reading/fields.js'
import { notReadable, notSigned } from '../reading/refusals.js'
import { checkAge } from '../reading/secrets.js'
import { keyOf, messageOf, recipientOf, replyOf, secondsIn } from '../reading/values.js'

export type { ProviderEventSource, Verification } from '../reading/event-source.js'

export interface SendgridEventsOptions {
  /** The verification key of the Signed Event Webhook, as the settings page shows it (base64 of SPKI). */
  readonly publicKey: string
  /** Default one day: SendGrid repeats a failed delivery for as long. */
  readonly toleranceSeconds?: number
}

/**
 * For `headersFor` of the SMTP transport: SendGrid repeats unique arguments in each event. Of several such headers it reads the first, which is
 * ours.
 */
export const sendgridHeaders = (id: string) => ({ 'X-SMTPAPI': JSON.stringify({ unique_args: { message: id } }) })

/** More in one request is nothing SendGrid sends. */
const MOST_EVENTS = 10_000

const happenedOf = (event: Fields): ProviderHappening => {
  const name = textOf(event.event)
  const userAgent = textOf(event.useragent)
  if (name === 'delivered') return { type: 'delivered', reply: replyOf(event.response) }
  if (name === 'deferred') return { type: 'deferred', reply: replyOf(event.response) }
  if (name === 'bounce') {
    // `blocked` is SendGrid's word for a refusal that says nothing about the address.
    const reply = replyOf(event.reason, null, event.status)
    return { type: 'bounced', reply, permanent: event.type !== 'blocked' }
  }
  if (name === 'dropped') return { type: 'dropped', reason: textOf(event.reason).slice(0, 2000) }
  if (name === 'spamreport') return { type: 'complained', feedbackType: 'abuse' }
  if (name === 'open') return { type: 'opened', userAgent }
  if (name === 'click') return { type: 'clicked', userAgent, link: textOf(event.url) }
  if (name === 'unsubscribe' || name === 'group_unsubscribe') return { type: 'unsubscribed' }
  return { type: 'other', name: name.slice(0, 60) }
}

const eventOf = (value: unknown, index: number): ProviderEvent => {
  const event = fieldsOf(value)
  const recipient = recipientOf(event.email)
  const given = textOf(event.sg_event_id)
  const key = given === '' ? keyOf(event.event, event.sg_message_id, recipient, event.timestamp, event.url) : given
  const about = { message: messageOf(event.message, event['smtp-id']), recipient }
  const at = secondsIn(event.timestamp)
  if (at !== null) return { key, at, ...about, happened: happenedOf(event) }
  const unreadable = { type: 'unreadable', expected: `a time in seconds, in event ${index + 1}` } as const
  return { key, at: 0, ...about, happened: unreadable }
}

const keyFrom = (publicKey: string): KeyObject => {
  const invalid = (cause?: unknown) =>
    new MailError(
      'OPTIONS_INVALID',
      { field: 'publicKey', expected: 'base64 of an EC public key on the curve P-256' },
      cause === undefined ? {} : { cause },
    )
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key
  } catch (cause) {
    throw invalid(cause)
  }
  throw invalid()
}

/**
 * SendGrid's Signed Event Webhook: ECDSA over the timestamp and the raw body. Our id is read from the custom argument `message`, else
 * from the Message-ID (`smtp-id`).
 */
export const sendgridEvents = ({
  publicKey,
  toleranceSeconds = 86_400,
}: SendgridEventsOptions): ProviderEventSource => {
  const key = keyFrom(publicKey)
  return {
    name: 'sendgrid',
    verification: 'official-verifier',
    async verify({ headers, body }, now) {
      const timestamp = headers.get('x-twilio-email-event-webhook-timestamp') ?? ''
      const signature = Buffer.from(headers.get('x-twilio-email-event-webhook-signature') ?? '', 'base64')
      if (!/^\d{1,12}$/.test(timestamp)) throw notSigned('no timestamp')
      if (!createVerify('sha256').update(timestamp).update(body).verify(key, signature))
        throw notSigned('the signature')
      checkAge(Number(timestamp) * 1000, now, toleranceSeconds)
    },
    parse({ body }) {
      const events = jsonOf(body)
      if (!Array.isArray(events) || events.length > MOST_EVENTS) throw notReadable('an array of events')
      const read = events.map(eventOf)
      if (read.length > 0 && read.every(({ happened }) => happened.type === 'unreadable')) throw notReadable('events')
      return read
    },
  }
}
