import { resendEvents } from '@mailwright/adapters/provider/resend'
import type { EventSample, EventSourceUnderTest } from '@mailwright/conformance'
import type { RawRequest } from '@mailwright/core'
import { Webhook } from 'standardwebhooks'
import { ann, id, iso, messageId, noSuchUser, now, post, seconds } from './values.js'

export const resendSecret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`
const stranger = `whsec_${Buffer.alloc(24, 8).toString('base64')}`

const signed = (
  request: RawRequest,
  secret = resendSecret,
  svixId = request.headers.get('svix-id') ?? '',
): RawRequest => {
  const body = Buffer.from(request.body).toString('utf8')
  const headers = new Headers(request.headers)
  headers.set('svix-id', svixId)
  headers.set('svix-timestamp', String(seconds))
  headers.set('svix-signature', `v1,AAAA ${new Webhook(secret).sign(svixId, new Date(now), body)}`)
  return { ...request, headers }
}

const sample = (type: string, more: object, happened: EventSample['says'][number]['happened']): EventSample => ({
  name: type,
  request: signed(
    post({
      type,
      created_at: iso,
      data: {
        email_id: 'e-1',
        to: [ann],
        tags: { message: id },
        headers: [{ name: 'Message-ID', value: messageId }],
        ...more,
      },
    }),
    resendSecret,
    `msg_${type}`,
  ),
  says: [{ message: id, recipient: ann, happened }],
})

const dead = { type: 'Permanent', subType: 'General', message: 'dead', diagnosticCode: [`smtp; ${noSuchUser.text}`] }

export const createResend = async (): Promise<EventSourceUnderTest> => ({
  source: resendEvents({ secret: resendSecret }),
  now,
  samples: [
    sample('email.delivered', {}, { type: 'delivered', reply: null }),
    sample('email.delivery_delayed', { headers: [] }, { type: 'deferred', reply: null }),
    sample('email.bounced', { bounce: dead }, { type: 'bounced', reply: noSuchUser, permanent: true }),
    sample(
      'email.complained',
      { tags: [{ name: 'message', value: id }] },
      { type: 'complained', feedbackType: 'abuse' },
    ),
    sample('email.failed', { failed: { reason: 'quota' } }, { type: 'dropped', reason: 'quota' }),
    sample(
      'email.clicked',
      { click: { userAgent: 'Mail/1', link: 'https://shop.example/' } },
      {
        ...{ type: 'clicked', userAgent: 'Mail/1', link: 'https://shop.example/' },
      },
    ),
    sample('email.teleported', {}, { type: 'other', name: 'email.teleported' }),
  ],
  unsign: (request) => ({ ...request, headers: new Headers() }),
  forge: (request) => signed(request, stranger),
})
