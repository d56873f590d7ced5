import { MailError, type ProviderEvent } from '@mailwright/core'
import type { ProviderEventSource } from '../reading/event-source.js'
import { type Fields, fieldsOf, listOf, objectOf, textOf } from '../reading/fields.js'
import { cannotTell, notReadable, notSigned } from '../reading/refusals.js'
import { checkAge } from '../reading/secrets.js'
import { instantOf, messageOf, recipientOf } from '../reading/values.js'
import { sesHappenings } from './ses-happening.js'
import { certificates, type SnsFetch, snsFetch } from './sns-fetch.js'
import { checkSnsSignature } from './sns-signature.js'
import { certificateUrl, subscribeUrl } from './sns-url.js'

export interface SesEventsOptions {
  /** Everybody can make SNS sign something: only what comes from these topics is believed. */
  readonly topicArns: readonly string[]
  /** Default false: a subscription is confirmed by hand. true answers the confirmation of a topic of the list. */
  readonly confirmSubscriptions?: boolean
  /** Default two hours: no delivery policy of SNS may wait for longer than one between its attempts, and each attempt may take a while. */
  readonly toleranceSeconds?: number
  /** Fetches certificates and confirmations. Default: https, no redirect, 5 s, 16 KiB. */
  readonly fetch?: SnsFetch
}

/**
 * For `headersFor` of the SMTP transport, where mail goes through SES's SMTP relay; `sesTransport` sets the same tag by itself. SES publishes events of a mail under a
 * configuration set only: the identity's default one, or `{ ...sesHeaders(id), 'X-SES-CONFIGURATION-SET': 'name' }`.
 */
export const sesHeaders = (id: string) => ({ 'X-SES-MESSAGE-TAGS': `message=${id}` })

/** SES sends a mail to 50 addresses at most. */
const MOST_RECIPIENTS = 100

const messageIn = (mail: Fields): string | null => {
  const header = listOf(mail.headers)
    .map(fieldsOf)
    .find(({ name }) => textOf(name).toLowerCase() === 'message-id')
  return messageOf(listOf(fieldsOf(mail.tags).message)[0], header?.value, fieldsOf(mail.commonHeaders).messageId)
}

const signedEnvelope = (body: Uint8Array): Fields => {
  try {
    return objectOf(body)
  } catch (cause) {
    throw notSigned('no envelope of SNS', cause)
  }
}

/**
 * Amazon SES by way of SNS, without raw message delivery (which is not signed). The topic and the age are looked at before anything is
 * fetched. Our id is read from the tag `message`, else from the Message-ID where SES gives the headers.
 */
export const sesEvents = (options: SesEventsOptions): ProviderEventSource => {
  const { topicArns, confirmSubscriptions = false, toleranceSeconds = 7200, fetch: load = snsFetch } = options
  if (!Array.isArray(topicArns) || topicArns.length === 0)
    throw new MailError('OPTIONS_INVALID', { field: 'topicArns', expected: 'at least one' })
  const certificateOf = certificates(load)

  return {
    name: 'ses',
    verification: 'official-verifier',
    async verify({ body }, now) {
      const envelope = signedEnvelope(body)
      if (!topicArns.includes(textOf(envelope.TopicArn))) throw notSigned('an unknown topic')
      checkAge(Date.parse(textOf(envelope.Timestamp)), now, toleranceSeconds)
      const address = certificateUrl(textOf(envelope.SigningCertURL))
      if (address === null) throw notSigned('the address of the certificate')
      checkSnsSignature(envelope, await certificateOf(address), now)
      if (envelope.Type !== 'SubscriptionConfirmation' || !confirmSubscriptions) return
      const confirmation = subscribeUrl(textOf(envelope.SubscribeURL))
      if (confirmation === null) throw notSigned('the address of the confirmation')
      await load(confirmation).catch((cause: unknown) => {
        throw cannotTell('the subscription cannot be confirmed', cause)
      })
    },
    parse({ body }): readonly ProviderEvent[] {
      const envelope = objectOf(body)
      if (envelope.Type !== 'Notification') return []
      const content = textOf(envelope.Message)
      // SES greets a new topic in plain words: nothing to keep.
      if (content !== '' && !content.startsWith('{')) return []
      const event = objectOf(Buffer.from(content))
      const mail = fieldsOf(event.mail)
      const key = textOf(envelope.MessageId)
      if (key === '' || key.length > 200) throw notReadable('a MessageId')
      const message = messageIn(mail)
      return sesHappenings(event)
        .slice(0, MOST_RECIPIENTS)
        .map(({ recipient, at, happened }, index) => ({
          key: `${key}/${index}`,
          at: instantOf(at ?? mail.timestamp ?? envelope.Timestamp),
          message,
          recipient: recipientOf(recipient),
          happened,
        }))
    },
  }
}
