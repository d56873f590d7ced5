import { mailgunEvents } from '@mailwright/adapters/provider/mailgun'
import { postmarkEvents, type SharedSecret } from '@mailwright/adapters/provider/postmark'
import { resendEvents } from '@mailwright/adapters/provider/resend'
import { sendgridEvents } from '@mailwright/adapters/provider/sendgrid'
import { sesEvents } from '@mailwright/adapters/provider/ses'
import { tencentEvents } from '@mailwright/adapters/provider/tencent'
import { describe, expect, it } from 'vitest'
import { resendSecret } from './event-sources/resend.js'
import { notification, topicArn } from './event-sources/ses.js'
import { ann, bob, id, iso, messageId, post, seconds, secret } from './event-sources/values.js'

const stranger = '0190a000-0000-7000-8000-0000000000aa'
const postmark = postmarkEvents({ secret: { type: 'path', value: secret } })
const tencent = tencentEvents({ secret: { type: 'path', value: secret } })
const mailgun = mailgunEvents({ signingKey: 'key-of-mailgun-for-the-tests' })

describe('what providers say', () => {
  it('DLV-5: an id that Mailgun gives again on another day is another event', () => {
    const keyAt = (timestamp: number) =>
      mailgun.parse(post({ 'event-data': { event: 'opened', id: 'once a day', timestamp, recipient: ann } }))[0]?.key
    expect(keyAt(seconds)).toBe(keyAt(seconds))
    expect(keyAt(seconds)).not.toBe(keyAt(seconds + 86_400))
  })

  it('T32: the header that Tencent gives back is the caller’s, and names no mail', () => {
    const event = { event: 'bounce', email: ann, timestamp: seconds, 'X-Tencentcloudses-Cb-Custom': stranger }
    expect(tencent.parse(post({ ...event, messageId }))).toMatchObject([{ message: id }])
    expect(tencent.parse(post(event))).toMatchObject([{ message: null }])
  })

  it.each(['bounce', 'complaint'])(
    'DLV-5: a %s of SES’s own list was never sent: nobody bounced or complained',
    (kind) => {
      const event = {
        eventType: kind === 'bounce' ? 'Bounce' : 'Complaint',
        mail: { timestamp: iso, destination: [ann], tags: { message: [id] } },
        bounce: {
          bounceType: 'Permanent',
          bounceSubType: 'OnAccountSuppressionList',
          timestamp: iso,
          bouncedRecipients: [{ emailAddress: ann }],
        },
        complaint: {
          complaintSubType: 'OnAccountSuppressionList',
          timestamp: iso,
          complainedRecipients: [{ emailAddress: ann }],
        },
      }
      const read = sesEvents({ topicArns: [topicArn] }).parse(post(notification(event)))
      expect(read).toMatchObject([
        { recipient: ann, happened: { type: 'dropped', reason: 'OnAccountSuppressionList' } },
      ])
    },
  )

  it.each([
    ['SMTPApiError', { type: 'dropped', reason: 'inactive' }],
    ['TemplateRenderingFailed', { type: 'dropped', reason: 'inactive' }],
    ['Unknown', { type: 'bounced', reply: null, permanent: null }],
    ['Unsubscribe', { type: 'unsubscribed' }],
    ['Subscribe', { type: 'other', name: 'Bounce:Subscribe' }],
    ['ChallengeVerification', { type: 'other', name: 'Bounce:ChallengeVerification' }],
  ])('DLV-5: a bounce of Postmark of the type %s is %j', (Type, happened) => {
    const event = { RecordType: 'Bounce', Type, ID: 1, Email: ann, BouncedAt: iso, Description: 'inactive' }
    expect(postmark.parse(post(event))).toMatchObject([{ recipient: ann, happened }])
  })
})

describe('an event of Resend without a tag', () => {
  const read = (to: readonly string[], tags = {}) =>
    resendEvents({ secret: resendSecret })
      .parse(post({ type: 'email.bounced', created_at: iso, data: { to, tags, message_id: messageId } }))
      .map(({ message, recipient }) => [message, recipient])

  it('DLV-5, REG-2: names its mail by Message-ID for one recipient, and none for several, who may have one Message-ID and different fates', () => {
    expect(read([ann])).toEqual([[id, ann]])
    expect(read([ann, bob])).toEqual([
      [null, ann],
      [null, bob],
    ])
    expect(read([ann, bob], { message: stranger })).toEqual([
      [stranger, ann],
      [stranger, bob],
    ])
  })
})

describe('what a server is quoted to have said', () => {
  const replyTo = (recipient: object) => {
    const bounce = { bounceType: 'Permanent', timestamp: iso, bouncedRecipients: [{ emailAddress: ann, ...recipient }] }
    const mail = { timestamp: iso, destination: [ann], tags: { message: [id] } }
    const [event] = sesEvents({ topicArns: [topicArn] }).parse(
      post(notification({ eventType: 'Bounce', mail, bounce })),
    )
    return event?.happened.type === 'bounced' ? event.happened.reply : 'no bounce'
  }

  it('DLV-5, BLK-1: a status without a reply is a reply of its class, as in a DSN', () => {
    expect(replyTo({ status: '5.1.1' })).toEqual({ code: 550, enhanced: '5.1.1', text: '' })
    expect(replyTo({ status: '4.4.7', diagnosticCode: 'gave up' })).toEqual({
      code: 450,
      enhanced: '4.4.7',
      text: 'gave up',
    })
    expect(replyTo({ status: 'bad', diagnosticCode: 'gave up' })).toBe(null)
  })

  it.each([
    ['550 5.7.1 blocked: 10.5.1.1', '5.7.1'],
    ['550 your address 192.5.1.1 is listed', null],
    ['550 your address 5.1.1.9 is listed', null],
    ['550 #5.1.1.', '5.1.1'],
    ['550-5.1.1 no such user', '5.1.1'],
    ['550 mail.5.1.1 is no status', null],
    ['550 no such user (5.1.1)', '5.1.1'],
  ])('BLK-1: in %j the status is %j: a number of the network is none', (diagnosticCode, enhanced) => {
    expect(replyTo({ diagnosticCode })).toMatchObject({ code: 550, enhanced })
  })
})

describe('a key that proves nothing', () => {
  const none = undefined as unknown as string
  it.each([
    ['mailgun, empty', () => mailgunEvents({ signingKey: '' })],
    ['mailgun, none', () => mailgunEvents({ signingKey: none })],
    ['mailgun, short', () => mailgunEvents({ signingKey: 'guessed' })],
    ['resend, none', () => resendEvents({ secret: none })],
    ['resend, short', () => resendEvents({ secret: 'whsec_AAAA' })],
    ['sendgrid, none', () => sendgridEvents({ publicKey: none })],
    ['ses, none', () => sesEvents({ topicArns: none as unknown as readonly string[] })],
    ['ses, empty', () => sesEvents({ topicArns: [] })],
    ['postmark, none', () => postmarkEvents({ secret: none as unknown as SharedSecret })],
    ['postmark, no value', () => postmarkEvents({ secret: { type: 'path', value: none } })],
    ['tencent, short', () => tencentEvents({ secret: { type: 'path', value: 'x'.repeat(23) } })],
    ['postmark, in no header', () => postmarkEvents({ secret: { type: 'header', name: 'x key', value: secret } })],
    ['tencent, that no path can end with', () => tencentEvents({ secret: { type: 'path', value: `${secret}/x` } })],
  ])('T32: %s, is refused at once', (_, make) => {
    expect(make).toThrow(expect.objectContaining({ code: 'OPTIONS_INVALID' }))
  })
})
