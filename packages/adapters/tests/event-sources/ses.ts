import { createSign, generateKeyPairSync } from 'node:crypto'
import { sesEvents, sesHeaders } from '@mailwright/adapters/provider/ses'
import type { EventSample, EventSourceUnderTest } from '@mailwright/conformance'
import type { RawRequest } from '@mailwright/core'
import { testCertificate, testKey } from './test-certificate.js'
import { ann, bob, id, iso, messageId, noSuchUser, now, post } from './values.js'

export const topicArn = 'arn:aws:sns:eu-west-1:123456789012:mail'
export const signingCertUrl = `https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-${'0a'.repeat(16)}.pem`

export type Envelope = Record<string, string>

export const signSns = (envelope: Envelope, key: string = testKey): Envelope => {
  const names = ['Message', 'MessageId', 'Subject', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type']
  const fields =
    envelope.Type === 'Notification' ? names.filter((one) => !['SubscribeURL', 'Token'].includes(one)) : names
  const text = fields.filter((name) => name in envelope).map((name) => `${name}\n${envelope[name]}\n`)
  const digest = envelope.SignatureVersion === '1' ? 'sha1' : 'sha256'
  return { ...envelope, Signature: createSign(digest).update(text.join('')).sign(key, 'base64') }
}

let serial = 0
export const notification = (message: unknown, change: Envelope = {}): Envelope => {
  serial += 1
  return {
    Type: 'Notification',
    MessageId: `c0ffee00-0000-4000-8000-${String(serial).padStart(12, '0')}`,
    TopicArn: topicArn,
    Message: JSON.stringify(message),
    Timestamp: iso,
    SignatureVersion: '2',
    SigningCertURL: signingCertUrl,
    ...change,
  }
}

const mail = { timestamp: iso, messageId: '0102-ses', destination: [ann, bob], tags: { message: [id] } }
const headers = [{ name: 'Message-ID', value: messageId }]
const bounce = {
  bounceType: 'Permanent',
  bounceSubType: 'General',
  timestamp: iso,
  bouncedRecipients: [
    { emailAddress: ann, action: 'failed', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 no such user' },
    { emailAddress: bob, action: 'failed', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 no such user' },
  ],
}

const sample = (
  name: string,
  message: unknown,
  says: readonly (readonly [string | null, EventSample['says'][number]['happened']])[],
  change: Envelope = {},
): EventSample => ({
  name,
  request: post(signSns(notification(message, change))),
  says: says.map(([recipient, happened]) => ({ message: id, recipient, happened })),
})

const toAnn = { ...mail, destination: [ann] }
const bounced = { type: 'bounced', reply: noSuchUser, permanent: true } as const
const full = { code: 452, enhanced: '4.2.2', text: '452 4.2.2 mailbox full' }

export const sesSamples: readonly EventSample[] = [
  sample('bounce of two, published', { eventType: 'Bounce', mail, bounce }, [
    [ann, bounced],
    [bob, bounced],
  ]),
  sample(
    'bounce, the older shape and signature',
    {
      notificationType: 'Bounce',
      mail: { ...mail, tags: {}, headers },
      bounce: { ...bounce, bouncedRecipients: bounce.bouncedRecipients.slice(0, 1) },
    },
    [[ann, bounced]],
    { SignatureVersion: '1', Subject: 'Amazon SES Email Event Notification' },
  ),
  sample(
    'delivery',
    { eventType: 'Delivery', mail, delivery: { timestamp: iso, recipients: [ann], smtpResponse: '250 2.0.0 OK' } },
    [[ann, { type: 'delivered', reply: { code: 250, enhanced: '2.0.0', text: '250 2.0.0 OK' } }]],
  ),
  sample(
    'complaint',
    {
      eventType: 'Complaint',
      mail,
      complaint: { timestamp: iso, complainedRecipients: [{ emailAddress: ann }], complaintFeedbackType: 'abuse' },
    },
    [[ann, { type: 'complained', feedbackType: 'abuse' }]],
  ),
  sample(
    'delay',
    {
      eventType: 'DeliveryDelay',
      mail,
      deliveryDelay: {
        timestamp: iso,
        delayType: 'MailboxFull',
        delayedRecipients: [{ emailAddress: ann, status: '4.2.2', diagnosticCode: 'smtp; 452 4.2.2 mailbox full' }],
      },
    },
    [[ann, { type: 'deferred', reply: full }]],
  ),
  sample(
    'open',
    { eventType: 'Open', mail: toAnn, open: { timestamp: iso, userAgent: 'Mail/1', ipAddress: '192.0.2.1' } },
    [[ann, { type: 'opened', userAgent: 'Mail/1' }]],
  ),
  sample(
    'click',
    { eventType: 'Click', mail: toAnn, click: { timestamp: iso, userAgent: 'Mail/1', link: 'https://shop.example/' } },
    [[ann, { type: 'clicked', userAgent: 'Mail/1', link: 'https://shop.example/' }]],
  ),
  sample('reject', { eventType: 'Reject', mail: toAnn, reject: { reason: 'Bad content' } }, [
    [ann, { type: 'dropped', reason: 'Bad content' }],
  ]),
  sample(
    'rendering failure',
    { eventType: 'Rendering Failure', mail: toAnn, failure: { errorMessage: 'no name', templateName: 't' } },
    [[ann, { type: 'dropped', reason: 'no name' }]],
  ),
  sample('an unknown type', { eventType: 'Teleported', mail: toAnn }, [[ann, { type: 'other', name: 'Teleported' }]]),
]

const envelopeOf = (request: RawRequest): Envelope => JSON.parse(Buffer.from(request.body).toString('utf8'))
const strangersKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
  type: 'pkcs8',
  format: 'pem',
})

export const createSes = async (): Promise<EventSourceUnderTest> => ({
  source: sesEvents({ topicArns: [topicArn], fetch: async () => testCertificate }),
  now,
  samples: sesSamples,
  unsign: (request) => {
    const { Signature, ...rest } = envelopeOf(request)
    return { ...request, body: Buffer.from(JSON.stringify(rest)) }
  },
  forge: (request) => ({
    ...request,
    body: Buffer.from(JSON.stringify(signSns(envelopeOf(request), String(strangersKey)))),
  }),
  relay: {
    headersFor: sesHeaders,
    tells: ({ headers: sent, messageId: shared, recipient }) => {
      const tags = (sent['X-SES-MESSAGE-TAGS'] ?? '').split(',').map((tag) => tag.trim().split('='))
      const told = { ...mail, tags: Object.fromEntries(tags.map(([name, value]) => [name, [value]])) }
      return sample(
        'delivery, by the relay',
        {
          eventType: 'Delivery',
          mail: { ...told, destination: [recipient], headers: [{ name: 'Message-ID', value: shared }] },
          delivery: { timestamp: iso, recipients: [recipient], smtpResponse: '250 2.0.0 OK' },
        },
        [],
      ).request
    },
  },
})
