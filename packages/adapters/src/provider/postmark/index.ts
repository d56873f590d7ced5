import type { ProviderEvent, ProviderHappening } from '@mailwright/core'
import type { ProviderEventSource } from '../reading/event-source.js'
import { type Fields, fieldsOf, objectOf, textOf } from '../reading/fields.js'
import { type SharedSecret, secretCheck } from '../reading/secrets.js'
import { instantOf, keyOf, messageOf, recipientOf, replyOf } from '../reading/values.js'

export type { ProviderEventSource, Verification } from '../reading/event-source.js'
export type { SharedSecret } from '../reading/secrets.js'

export interface PostmarkEventsOptions {
  /** Postmark signs nothing: what it is told to send with each event, at least 24 characters. */
  readonly secret: SharedSecret
}

/** For `headersFor` of the SMTP transport: Postmark takes such headers off and repeats them in each event, as `Metadata`. */
export const postmarkHeaders = (id: string) => ({ 'X-PM-Metadata-message': id })

/** Bounce types that will not change by waiting; the others that mean a failure are temporary. */
const permanent = new Set(['HardBounce', 'BadEmailAddress', 'ManuallyDeactivated'])
const temporary = new Set(['Transient', 'SoftBounce', 'DnsError'])
/** Refused by the receiver for another reason than the address, or for one that Postmark cannot tell. */
const undecided = new Set(['SpamNotification', 'Blocked', 'DMARCPolicy', 'VirusNotification', 'Unknown'])
/** Taken over SMTP and never sent: the address is on Postmark's own list, or the mail cannot be made. */
const unsent = new Set(['SMTPApiError', 'TemplateRenderingFailed'])

const bounced = ({ Type, Details, Description }: Fields): ProviderHappening => {
  const type = textOf(Type)
  if (type === 'SpamComplaint') return { type: 'complained', feedbackType: 'abuse' }
  const reply = replyOf(Details) ?? replyOf(Description)
  if (permanent.has(type)) return { type: 'bounced', reply, permanent: true }
  if (temporary.has(type)) return { type: 'bounced', reply, permanent: false }
  if (undecided.has(type)) return { type: 'bounced', reply, permanent: null }
  if (unsent.has(type)) return { type: 'dropped', reason: (textOf(Details) || textOf(Description)).slice(0, 2000) }
  // A letter to the return path that asks to be taken off.
  if (type === 'Unsubscribe') return { type: 'unsubscribed' }
  return { type: 'other', name: `Bounce:${type.slice(0, 60)}` }
}

const happenedOf = (event: Fields): ProviderHappening => {
  const record = textOf(event.RecordType)
  const userAgent = textOf(event.UserAgent)
  if (record === 'Delivery') return { type: 'delivered', reply: replyOf(event.Details) }
  if (record === 'Bounce') return bounced(event)
  if (record === 'SpamComplaint') return { type: 'complained', feedbackType: 'abuse' }
  if (record === 'Open') return { type: 'opened', userAgent }
  if (record === 'Click') return { type: 'clicked', userAgent, link: textOf(event.OriginalLink) }
  if (
    record === 'SubscriptionChange' &&
    event.SuppressSending === true &&
    event.SuppressionReason === 'ManualSuppression'
  ) {
    return { type: 'unsubscribed' }
  }
  return { type: 'other', name: record.slice(0, 60) }
}

/** Postmark's webhooks. Unverified: a shared secret, not a signature, says that they are Postmark's. Our id is read from the metadata field `message`. */
export const postmarkEvents = ({ secret }: PostmarkEventsOptions): ProviderEventSource => {
  const check = secretCheck(secret)
  return {
    name: 'postmark',
    verification: 'unverified',
    async verify(request) {
      check(request)
    },
    parse({ body }): readonly ProviderEvent[] {
      const event = objectOf(body)
      const when = event.DeliveredAt ?? event.BouncedAt ?? event.ReceivedAt ?? event.ChangedAt
      const recipient = recipientOf(event.Recipient ?? event.Email)
      const metadata = fieldsOf(event.Metadata)
      const key = keyOf(event.RecordType, event.MessageID, event.ID, recipient, when, event.OriginalLink)
      return [
        { key, at: instantOf(when), message: messageOf(metadata.message), recipient, happened: happenedOf(event) },
      ]
    },
  }
}
