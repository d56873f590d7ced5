import { postmarkEvents, postmarkHeaders } from '@mailwright/adapters/provider/postmark'
import type { EventSample, EventSourceUnderTest } from '@mailwright/conformance'
import { ann, id, iso, noSuchUser, now, post, secret } from './values.js'

const basic = (password: string) => `Basic ${Buffer.from(`postmark:${password}`).toString('base64')}`

const sample = (RecordType: string, more: object, happened: EventSample['says'][number]['happened']): EventSample => ({
  name: RecordType,
  request: post(
    { RecordType, MessageID: '883953f4-0000-4000-8000-000000000000', Metadata: { message: id }, ...more },
    { authorization: basic(secret) },
  ),
  says: [{ message: id, recipient: ann, happened }],
})

const reply = { code: 250, enhanced: null, text: '250 OK' }

export const createPostmark = async (): Promise<EventSourceUnderTest> => ({
  source: postmarkEvents({ secret: { type: 'basic', user: 'postmark', password: secret } }),
  now,
  samples: [
    sample('Delivery', { Recipient: ann, DeliveredAt: iso, Details: '250 OK' }, { type: 'delivered', reply }),
    sample(
      'Bounce',
      { ID: 42, Type: 'HardBounce', Email: ann, BouncedAt: iso, Details: `smtp;${noSuchUser.text}` },
      {
        ...{ type: 'bounced', reply: noSuchUser, permanent: true },
      },
    ),
    sample(
      'Bounce',
      { ID: 43, Type: 'SoftBounce', Email: ann, BouncedAt: iso },
      { type: 'bounced', reply: null, permanent: false },
    ),
    sample(
      'Bounce',
      { ID: 44, Type: 'AutoResponder', Email: ann, BouncedAt: iso },
      { type: 'other', name: 'Bounce:AutoResponder' },
    ),
    sample('SpamComplaint', { ID: 45, Email: ann, BouncedAt: iso }, { type: 'complained', feedbackType: 'abuse' }),
    sample('Open', { Recipient: ann, ReceivedAt: iso, UserAgent: 'Mail/1' }, { type: 'opened', userAgent: 'Mail/1' }),
    sample(
      'Click',
      { Recipient: ann, ReceivedAt: iso, UserAgent: 'Mail/1', OriginalLink: 'https://shop.example/' },
      {
        ...{ type: 'clicked', userAgent: 'Mail/1', link: 'https://shop.example/' },
      },
    ),
    sample(
      'SubscriptionChange',
      { Recipient: ann, ChangedAt: iso, SuppressSending: true, SuppressionReason: 'ManualSuppression' },
      {
        type: 'unsubscribed',
      },
    ),
    sample('Teleport', { Recipient: ann, ReceivedAt: iso }, { type: 'other', name: 'Teleport' }),
  ],
  unsign: (request) => ({ ...request, headers: new Headers() }),
  forge: (request) => ({
    ...request,
    headers: new Headers({ authorization: basic('another-password-of-some-length') }),
  }),
  relay: {
    headersFor: postmarkHeaders,
    tells: ({ headers, recipient }) =>
      sample(
        'Delivery',
        { Recipient: recipient, DeliveredAt: iso, Metadata: { message: headers['X-PM-Metadata-message'] } },
        { type: 'delivered', reply: null },
      ).request,
  },
})
