import type { ProviderEvent, ProviderHappening } from '@mailwright/core'
import type { ProviderEventSource } from '../reading/event-source.js'
import { type Fields, objectOf, textOf } from '../reading/fields.js'
import { type SharedSecret, secretCheck } from '../reading/secrets.js'
import { keyOf, messageOf, recipientOf, replyOf, secondsOf } from '../reading/values.js'

export type { ProviderEventSource, Verification } from '../reading/event-source.js'
export type { SharedSecret } from '../reading/secrets.js'

export interface TencentEventsOptions {
  /** No signature is documented, and the console takes a URL only: a path of at least 24 secret characters. */
  readonly secret: SharedSecret
}

const permanence = new Map([
  ['hard_bounce', true],
  ['hard', true],
  ['soft_bounce', false],
  ['soft', false],
])

const happenedOf = (event: Fields): ProviderHappening => {
  const name = textOf(event.event)
  const userAgent = textOf(event.useragent)
  const reply = replyOf(event.reason)
  if (name === 'delivered' || name === 'deferred') return { type: name, reply }
  if (name === 'bounce') return { type: 'bounced', reply, permanent: permanence.get(textOf(event.bounceType)) ?? null }
  if (name === 'dropped') return { type: 'dropped', reason: textOf(event.reason).slice(0, 2000) }
  if (name === 'spamreport') return { type: 'complained', feedbackType: 'abuse' }
  if (name === 'open') return { type: 'opened', userAgent }
  if (name === 'click') return { type: 'clicked', userAgent, link: textOf(event.link) }
  if (name === 'unsubscribe') return { type: 'unsubscribed' }
  return { type: 'other', name: name.slice(0, 60) }
}

/**
 * Callbacks of Tencent Cloud SES. Unverified: a secret in the path, not a signature. Our id is read from the Message-ID, and not from the custom header that it echoes:
 * that one is the caller's, who could write another's id there.
 */
export const tencentEvents = ({ secret }: TencentEventsOptions): ProviderEventSource => {
  const check = secretCheck(secret)
  return {
    name: 'tencent',
    verification: 'unverified',
    async verify(request) {
      check(request)
    },
    parse({ body }): readonly ProviderEvent[] {
      const event = objectOf(body)
      const recipient = recipientOf(event.email)
      const message = messageOf(event.messageId)
      const bulk = event.bulkId ?? event.bulkid
      const key = keyOf(event.event, bulk, event.messageId, recipient, event.timestamp, event.link)
      return [{ key, at: secondsOf(event.timestamp), message, recipient, happened: happenedOf(event) }]
    },
  }
}
