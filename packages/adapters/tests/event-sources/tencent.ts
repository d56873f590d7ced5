import { tencentEvents } from '@mailwright/adapters/provider/tencent'
import type { EventSample, EventSourceUnderTest } from '@mailwright/conformance'
import { ann, id, noSuchUser, now, post, seconds, secret } from './values.js'

const sample = (event: string, more: object, happened: EventSample['says'][number]['happened']): EventSample => ({
  name: event,
  request: post(
    { event, email: ann, bulkId: 'ses-1', timestamp: seconds, messageId: `${id}@mail.example`, ...more },
    {},
    `/hooks/tencent/${secret}?a=1`,
  ),
  says: [{ message: id, recipient: ann, happened }],
})

export const createTencent = async (): Promise<EventSourceUnderTest> => ({
  source: tencentEvents({ secret: { type: 'path', value: secret } }),
  now,
  samples: [
    sample('delivered', {}, { type: 'delivered', reply: null }),
    sample(
      'deferred',
      { reason: '451 later' },
      { type: 'deferred', reply: { code: 451, enhanced: null, text: '451 later' } },
    ),
    sample(
      'bounce',
      { bounceType: 'hard_bounce', reason: noSuchUser.text },
      { type: 'bounced', reply: noSuchUser, permanent: true },
    ),
    sample('dropped', { reason: 'blocked' }, { type: 'dropped', reason: 'blocked' }),
    sample('spamreport', {}, { type: 'complained', feedbackType: 'abuse' }),
    sample('open', { useragent: 'Mail/1' }, { type: 'opened', userAgent: 'Mail/1' }),
    sample(
      'click',
      { useragent: 'Mail/1', link: 'https://shop.example/' },
      {
        ...{ type: 'clicked', userAgent: 'Mail/1', link: 'https://shop.example/' },
      },
    ),
    sample('unsubscribe', {}, { type: 'unsubscribed' }),
    sample('teleported', {}, { type: 'other', name: 'teleported' }),
  ],
  unsign: (request) => ({ ...request, url: '/hooks/tencent' }),
  forge: (request) => ({ ...request, url: '/hooks/tencent/another-secret-of-the-length' }),
})
