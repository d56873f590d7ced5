import { createHmac } from 'node:crypto'
import { mailgunEvents, mailgunHeaders } from '@mailwright/adapters/provider/mailgun'
import type { EventSample, EventSourceUnderTest } from '@mailwright/conformance'
import type { RawRequest } from '@mailwright/core'
import { ann, id, noSuchUser, now, post, seconds } from './values.js'

export const mailgunKey = 'key-of-mailgun-for-the-tests'

const signature = (key: string) => ({
  timestamp: String(seconds),
  token: 'a'.repeat(50),
  signature: createHmac('sha256', key)
    .update(`${seconds}${'a'.repeat(50)}`)
    .digest('hex'),
})

const sample = (event: string, more: object, happened: EventSample['says'][number]['happened']): EventSample => ({
  name: event,
  request: post({
    signature: signature(mailgunKey),
    'event-data': {
      ...{ event, id: `id-${event}-${JSON.stringify(more)}`, timestamp: seconds + 0.25, recipient: ann },
      ...{ message: { headers: { 'message-id': `${id}@mail.example` } }, ...more },
    },
  }),
  says: [{ message: id, recipient: ann, happened }],
})

const status = { code: 550, message: noSuchUser.text, 'enhanced-code': '5.1.1' }
const changed = (request: RawRequest, change: object): RawRequest => ({
  ...request,
  body: Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(request.body).toString('utf8')), ...change })),
})

export const createMailgun = async (): Promise<EventSourceUnderTest> => ({
  source: mailgunEvents({ signingKey: mailgunKey }),
  now,
  samples: [
    sample(
      'delivered',
      { 'delivery-status': { code: 250, message: 'OK' } },
      {
        ...{ type: 'delivered', reply: { code: 250, enhanced: null, text: 'OK' } },
      },
    ),
    sample(
      'failed',
      { severity: 'permanent', 'delivery-status': status },
      { type: 'bounced', reply: noSuchUser, permanent: true },
    ),
    sample('failed', { severity: 'temporary', 'delivery-status': status }, { type: 'deferred', reply: noSuchUser }),
    sample(
      'failed',
      { severity: 'permanent', reason: 'suppress-bounce' },
      { type: 'dropped', reason: 'suppress-bounce' },
    ),
    sample('rejected', { reject: { reason: 'not now' } }, { type: 'dropped', reason: 'not now' }),
    sample(
      'complained',
      { message: {}, 'user-variables': { message: id } },
      { type: 'complained', feedbackType: 'abuse' },
    ),
    sample('opened', { 'client-info': { 'user-agent': 'Mail/1' } }, { type: 'opened', userAgent: 'Mail/1' }),
    sample('unsubscribed', {}, { type: 'unsubscribed' }),
    sample('teleported', {}, { type: 'other', name: 'teleported' }),
  ],
  unsign: (request) => changed(request, { signature: undefined }),
  forge: (request) => changed(request, { signature: signature('another key') }),
  relay: {
    headersFor: mailgunHeaders,
    tells: ({ headers, messageId, recipient }) =>
      sample(
        'delivered',
        {
          recipient,
          message: { headers: { 'message-id': messageId.slice(1, -1) } },
          'user-variables': JSON.parse(headers['X-Mailgun-Variables'] ?? '{}'),
        },
        { type: 'delivered', reply: null },
      ).request,
  },
})
