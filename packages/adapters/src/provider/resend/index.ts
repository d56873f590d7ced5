import { createHmac } from 'node:crypto'
import { MailError, type ProviderEvent, type ProviderHappening } from '@mailwright/core'
import type { ProviderEventSource } from '../reading/event-source.js'
import { type Fields, fieldsOf, listOf, objectOf, textOf } from '../reading/fields.js'
import { notSigned } from '../reading/refusals.js'
import { checkAge, same } from '../reading/secrets.js'
import { instantOf, keyOf, messageOf, recipientOf, replyOf } from '../reading/values.js'

export type { ProviderEventSource, Verification } from '../reading/event-source.js'

export interface ResendEventsOptions {
  /** The endpoint's signing secret, `whsec_…`. */
  readonly secret: string
  /** Default 300: each attempt is signed anew. */
  readonly toleranceSeconds?: number
}

const permanence = new Map([
  ['Permanent', true],
  ['Transient', false],
])

const bounced = (bounce: Fields): ProviderHappening => {
  const quoted = listOf(bounce.diagnosticCode).map((line) => replyOf(line))
  const reply = quoted.find((one) => one !== null) ?? replyOf(bounce.message)
  return { type: 'bounced', reply, permanent: permanence.get(textOf(bounce.type)) ?? null }
}

const happenedOf = (name: string, data: Fields): ProviderHappening => {
  const click = fieldsOf(data.click)
  if (name === 'email.delivered') return { type: 'delivered', reply: null }
  if (name === 'email.delivery_delayed') return { type: 'deferred', reply: null }
  if (name === 'email.bounced') return bounced(fieldsOf(data.bounce))
  if (name === 'email.failed') return { type: 'dropped', reason: textOf(fieldsOf(data.failed).reason).slice(0, 2000) }
  if (name === 'email.suppressed') return { type: 'dropped', reason: 'suppressed' }
  if (name === 'email.complained') return { type: 'complained', feedbackType: 'abuse' }
  if (name === 'email.opened') return { type: 'opened', userAgent: textOf(fieldsOf(data.open).userAgent) }
  if (name === 'email.clicked') return { type: 'clicked', userAgent: textOf(click.userAgent), link: textOf(click.link) }
  return { type: 'other', name: name.slice(0, 60) }
}

/** Tags come as a list of pairs or as an object, by the age of the endpoint. */
const tagOf = (tags: unknown): unknown =>
  Array.isArray(tags) ? tags.map(fieldsOf).find(({ name }) => name === 'message')?.value : fieldsOf(tags).message

const headerOf = (headers: unknown): unknown =>
  listOf(headers)
    .map(fieldsOf)
    .find(({ name }) => textOf(name).toLowerCase() === 'message-id')?.value

const secretKey = (secret: string): Buffer => {
  const key = Buffer.from(textOf(secret).replace(/^whsec_/, ''), 'base64')
  if (key.length < 16) throw new MailError('OPTIONS_INVALID', { field: 'secret', expected: 'whsec_ and its base64' })
  return key
}

/**
 * Resend's webhooks, signed by the scheme of Standard Webhooks under Svix's header names. Our id is read from the tag `message`, else
 * from the Message-ID, if one recipient is named: those of one send share it, and nothing says that `to` is who the event is about.
 */
export const resendEvents = ({ secret, toleranceSeconds = 300 }: ResendEventsOptions): ProviderEventSource => {
  const key = secretKey(secret)
  return {
    name: 'resend',
    verification: 'official-verifier',
    async verify({ headers, body }, now) {
      const [id, timestamp] = [headers.get('svix-id') ?? '', headers.get('svix-timestamp') ?? '']
      if (id === '' || !/^\d{1,12}$/.test(timestamp)) throw notSigned('no id or timestamp')
      const expected = `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`
      // Several while a secret is rotated; more than a handful is nobody's rotation.
      const given = (headers.get('svix-signature') ?? '').split(' ', 10)
      if (!given.some((one) => same(one, expected))) throw notSigned('the signature')
      checkAge(Number(timestamp) * 1000, now, toleranceSeconds)
    },
    parse({ headers, body }): readonly ProviderEvent[] {
      const event = objectOf(body)
      const [name, data] = [textOf(event.type), fieldsOf(event.data)]
      const at = instantOf(event.created_at)
      const id = headers.get('svix-id') ?? keyOf(name, data.email_id, event.created_at)
      const happened = happenedOf(name, data)
      const to = listOf(data.to).length === 0 ? [null] : listOf(data.to).slice(0, 100)
      const shared = to.length === 1 ? [data.message_id, headerOf(data.headers)] : []
      const message = messageOf(tagOf(data.tags), ...shared)
      return to.map((one, index) => ({ key: `${id}/${index}`, at, message, recipient: recipientOf(one), happened }))
    },
  }
}
