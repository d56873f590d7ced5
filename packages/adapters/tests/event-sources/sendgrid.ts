import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { sendgridEvents, sendgridHeaders } from '@mailwright/adapters/provider/sendgrid'
import type { EventSourceUnderTest } from '@mailwright/conformance'
import type { RawRequest } from '@mailwright/core'
import { ann, bob, id, messageId, noSuchUser, now, post, seconds } from './values.js'

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
export const sendgridKey = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')

const SIGNATURE = 'x-twilio-email-event-webhook-signature'
const TIMESTAMP = 'x-twilio-email-event-webhook-timestamp'

const signed = (request: RawRequest, key: KeyObject = privateKey): RawRequest => {
  const signature = createSign('sha256').update(String(seconds)).update(request.body).sign(key, 'base64')
  const headers = new Headers(request.headers)
  headers.set(TIMESTAMP, String(seconds))
  headers.set(SIGNATURE, signature)
  return { ...request, headers }
}

const event = (sg_event_id: string, name: string, more: object = {}) => ({
  ...{
    email: ann,
    timestamp: seconds,
    'smtp-id': messageId,
    event: name,
    sg_event_id,
    sg_message_id: `${name}.example`,
  },
  ...more,
})

const reason = noSuchUser.text
const about = { message: id, recipient: ann }

export const createSendgrid = async (): Promise<EventSourceUnderTest> => ({
  source: sendgridEvents({ publicKey: sendgridKey }),
  now,
  samples: [
    {
      name: 'a batch',
      request: signed(
        post([
          event('e1', 'delivered', {
            response: '250 2.0.0 OK',
            email: bob,
            'smtp-id': '<other@mail.example>',
            message: id,
          }),
          event('e2', 'bounce', { reason, status: '5.1.1', type: 'bounce' }),
          event('e3', 'deferred', { response: '451 4.3.0 later' }),
          event('e4', 'dropped', { reason: 'Bounced Address' }),
          event('e5', 'spamreport'),
        ]),
      ),
      says: [
        {
          message: id,
          recipient: bob,
          happened: { type: 'delivered', reply: { code: 250, enhanced: '2.0.0', text: '250 2.0.0 OK' } },
        },
        { ...about, happened: { type: 'bounced', reply: noSuchUser, permanent: true } },
        { ...about, happened: { type: 'deferred', reply: { code: 451, enhanced: '4.3.0', text: '451 4.3.0 later' } } },
        { ...about, happened: { type: 'dropped', reason: 'Bounced Address' } },
        { ...about, happened: { type: 'complained', feedbackType: 'abuse' } },
      ],
    },
    {
      name: 'visits and the unknown',
      request: signed(
        post([
          event('e6', 'open', { useragent: 'Mail/1' }),
          event('e7', 'click', { useragent: 'Mail/1', url: 'https://shop.example/' }),
          event('e8', 'group_unsubscribe'),
          event('e9', 'teleported'),
        ]),
      ),
      says: [
        { ...about, happened: { type: 'opened', userAgent: 'Mail/1' } },
        { ...about, happened: { type: 'clicked', userAgent: 'Mail/1', link: 'https://shop.example/' } },
        { ...about, happened: { type: 'unsubscribed' } },
        { ...about, happened: { type: 'other', name: 'teleported' } },
      ],
    },
  ],
  unsign: (request) => ({ ...request, headers: new Headers() }),
  forge: (request) => signed(request, stranger),
  relay: {
    headersFor: sendgridHeaders,
    tells: ({ headers, messageId, recipient }) => {
      const { unique_args } = JSON.parse(headers['X-SMTPAPI'] ?? '{}')
      const more = { email: recipient, 'smtp-id': messageId, ...unique_args }
      return signed(post([event(`relay-${recipient}`, 'delivered', more)]))
    },
  },
})
