import { createHmac } from 'node:crypto'
import { MailError, type ProviderEvent, type ProviderHappening } from '@mailwright/core'
import type { ProviderEventSource } from '../reading/event-source.js'
import { type Fields, fieldsOf, objectOf, textOf } from '../reading/fields.js'
import { notSigned } from '../reading/refusals.js'
import { checkAge, same } from '../reading/secrets.js'
import { keyOf, messageOf, recipientOf, replyOf, secondsOf } from '../reading/values.js'

export type { ProviderEventSource, Verification } from '../reading/event-source.js'

export interface MailgunEventsOptions {
  /** The HTTP webhook signing key, at least 16 characters. */
  readonly signingKey: string
  /** Default one day: Mailgun repeats a failed delivery for eight hours. */
  readonly toleranceSeconds?: number
}

/** For `headersFor` of the SMTP transport: Mailgun repeats these variables in each event. The recipient sees the header, as he sees the Message-ID. */
export const mailgunHeaders = (id: string) => ({ 'X-Mailgun-Variables': JSON.stringify({ message: id }) })

const happenedOf = (event: Fields): ProviderHappening => {
  const name = textOf(event.event)
  const status = fieldsOf(event['delivery-status'])
  const reply = replyOf(status.message || status.description, status.code, status['enhanced-code'])
  const userAgent = textOf(fieldsOf(event['client-info'])['user-agent'])
  if (name === 'delivered') return { type: 'delivered', reply }
  if (name === 'failed' && event.severity === 'temporary') return { type: 'deferred', reply }
  // Suppressed addresses and the like fail before Mailgun has asked any server.
  if (name === 'failed' && textOf(event.reason).startsWith('suppress'))
    return { type: 'dropped', reason: textOf(event.reason) }
  if (name === 'failed') return { type: 'bounced', reply, permanent: event.severity === 'permanent' ? true : null }
  if (name === 'rejected') return { type: 'dropped', reason: textOf(fieldsOf(event.reject).reason).slice(0, 2000) }
  if (name === 'complained') return { type: 'complained', feedbackType: 'abuse' }
  if (name === 'opened') return { type: 'opened', userAgent }
  if (name === 'clicked') return { type: 'clicked', userAgent, link: textOf(event.url) }
  if (name === 'unsubscribed') return { type: 'unsubscribed' }
  return { type: 'other', name: name.slice(0, 60) }
}

/** Mailgun's own have 32 and more. */
const SHORTEST_KEY = 16

const digitsOf = (value: unknown): string => (typeof value === 'number' ? String(value) : textOf(value))

/**
 * Mailgun's webhooks. Unverified: the scheme is that of its documentation, without a vector or verifier of Mailgun's to compare. The
 * signature covers a timestamp and a token only, not the event: an attacker who has read one request can change its body for as long as
 * the tolerance lasts, so the endpoint must be https. Tokens are not remembered: Mailgun's own repetition after an error of ours would be
 * refused and lost, and the event's key makes a replay harmless. Our id is read from the variable `message`, else from the Message-ID.
 */
export const mailgunEvents = ({ signingKey, toleranceSeconds = 86_400 }: MailgunEventsOptions): ProviderEventSource => {
  if (typeof signingKey !== 'string' || signingKey.length < SHORTEST_KEY) {
    throw new MailError('OPTIONS_INVALID', { field: 'signingKey', expected: `at least ${SHORTEST_KEY} characters` })
  }
  return {
    name: 'mailgun',
    verification: 'unverified',
    async verify({ body }, now) {
      let signature: Fields
      try {
        signature = fieldsOf(objectOf(body).signature)
      } catch (cause) {
        throw notSigned('no signature', cause)
      }
      const [timestamp, token] = [digitsOf(signature.timestamp), textOf(signature.token)]
      if (!/^\d{1,12}$/.test(timestamp) || token === '') throw notSigned('no timestamp or token')
      const expected = createHmac('sha256', signingKey).update(timestamp).update(token).digest('hex')
      if (!same(textOf(signature.signature), expected)) throw notSigned('the signature')
      checkAge(Number(timestamp) * 1000, now, toleranceSeconds)
    },
    parse({ body }): readonly ProviderEvent[] {
      const event = fieldsOf(objectOf(body)['event-data'])
      const recipient = recipientOf(event.recipient)
      const header = fieldsOf(fieldsOf(event.message).headers)['message-id']
      const given = textOf(event.id)
      // Mailgun's ids are unique within a day.
      const key = keyOf(...(given === '' ? [event.event, header, recipient, event.url] : [given]), event.timestamp)
      const message = messageOf(fieldsOf(event['user-variables']).message, header)
      return [{ key, at: secondsOf(event.timestamp), message, recipient, happened: happenedOf(event) }]
    },
  }
}
