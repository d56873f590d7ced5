import type { ProviderHappening } from '@mailwright/core'
import { type Fields, fieldsOf, listOf, textOf } from '../reading/fields.js'
import { replyOf } from '../reading/values.js'

/** What happened to one recipient; null where the event is about the mail and not about an address. */
export interface SesHappening {
  readonly recipient: string | null
  readonly at: unknown
  readonly happened: ProviderHappening
}

const permanence = new Map([
  ['Permanent', true],
  ['Transient', false],
])

/** What SES calls a bounce or a complaint of an address on one of its lists: it took the mail and did not send it. */
const isSuppressed = (subType: unknown): boolean =>
  subType === 'Suppressed' || subType === 'OnAccountSuppressionList' || subType === 'UnsubscribedRecipient'

const bounce = ({ bounceType, bounceSubType, bouncedRecipients, timestamp }: Fields): readonly SesHappening[] =>
  listOf(bouncedRecipients).map((one) => {
    const { emailAddress, diagnosticCode, status } = fieldsOf(one)
    const reply = replyOf(diagnosticCode, null, status)
    const permanent = permanence.get(textOf(bounceType)) ?? null
    const happened: ProviderHappening = isSuppressed(bounceSubType)
      ? { type: 'dropped', reason: textOf(bounceSubType) }
      : { type: 'bounced', reply, permanent }
    return { recipient: textOf(emailAddress), at: timestamp, happened }
  })

const delivery = ({ recipients, smtpResponse, timestamp }: Fields): readonly SesHappening[] =>
  listOf(recipients).map((one) => ({
    recipient: textOf(one),
    at: timestamp,
    happened: { type: 'delivered', reply: replyOf(smtpResponse) },
  }))

const delay = ({ delayedRecipients, timestamp }: Fields): readonly SesHappening[] =>
  listOf(delayedRecipients).map((one) => {
    const { emailAddress, diagnosticCode, status } = fieldsOf(one)
    return {
      recipient: textOf(emailAddress),
      at: timestamp,
      happened: { type: 'deferred', reply: replyOf(diagnosticCode, null, status) },
    }
  })

const complaint = (complained: Fields): readonly SesHappening[] => {
  const { complainedRecipients, complaintFeedbackType, complaintSubType, timestamp } = complained
  const happened: ProviderHappening = isSuppressed(complaintSubType)
    ? { type: 'dropped', reason: textOf(complaintSubType) }
    : { type: 'complained', feedbackType: textOf(complaintFeedbackType) || null }
  return listOf(complainedRecipients).map((one) => ({
    recipient: textOf(fieldsOf(one).emailAddress),
    at: timestamp,
    happened,
  }))
}

/** An event of the mail as a whole belongs to its only recipient, or to nobody. */
const whole = (mail: Fields, at: unknown, happened: ProviderHappening): readonly SesHappening[] => {
  const destination = listOf(mail.destination)
  return [{ recipient: destination.length === 1 ? textOf(destination[0]) : null, at: at ?? mail.timestamp, happened }]
}

/** Both shapes: of event publishing (`eventType`) and of the older notifications (`notificationType`). */
export const sesHappenings = (event: Fields): readonly SesHappening[] => {
  const type = textOf(event.eventType) || textOf(event.notificationType)
  const mail = fieldsOf(event.mail)
  const part = (name: string) => fieldsOf(event[name])
  const userAgent = textOf(part(type.toLowerCase()).userAgent)
  if (type === 'Bounce') return bounce(part('bounce'))
  if (type === 'Complaint') return complaint(part('complaint'))
  if (type === 'Delivery') return delivery(part('delivery'))
  if (type === 'DeliveryDelay') return delay(part('deliveryDelay'))
  if (type === 'Open') return whole(mail, part('open').timestamp, { type: 'opened', userAgent })
  if (type === 'Click') {
    const { timestamp, link } = part('click')
    return whole(mail, timestamp, { type: 'clicked', userAgent, link: textOf(link) })
  }
  if (type === 'Reject') return whole(mail, undefined, { type: 'dropped', reason: textOf(part('reject').reason) })
  if (type === 'Rendering Failure') {
    return whole(mail, undefined, { type: 'dropped', reason: textOf(part('failure').errorMessage).slice(0, 2000) })
  }
  return whole(mail, undefined, { type: 'other', name: type.slice(0, 60) })
}
