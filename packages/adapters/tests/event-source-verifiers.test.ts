import { generateKeyPairSync } from 'node:crypto'
import https from 'node:https'
import { Readable } from 'node:stream'
import { sendgridEvents } from '@mailwright/adapters/provider/sendgrid'
import { EventWebhook } from '@sendgrid/eventwebhook'
import MessageValidator from 'sns-validator'
import { Webhook } from 'standardwebhooks'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createResend, resendSecret } from './event-sources/resend.js'
import { createSendgrid, sendgridKey } from './event-sources/sendgrid.js'
import { createSes } from './event-sources/ses.js'
import { testCertificate } from './event-sources/test-certificate.js'

const textOf = (body: Uint8Array) => Buffer.from(body).toString('utf8')

/** Whether the SDK's own verifier agrees that it is signed. */
const answers = (check: () => unknown): boolean => {
  try {
    return check() !== false
  } catch {
    return false
  }
}

afterEach(() => void vi.restoreAllMocks())

describe('the key of SendGrid', () => {
  it('DLV-5: is one of the curve it signs with; any other is refused when the source is made', () => {
    const other = [
      generateKeyPairSync('ed25519').publicKey,
      generateKeyPairSync('rsa', { modulusLength: 1_024 }).publicKey,
      generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey,
    ].map((key) => key.export({ type: 'spki', format: 'der' }).toString('base64'))
    for (const publicKey of [...other, '', 'no key'])
      expect(() => sendgridEvents({ publicKey })).toThrow(expect.objectContaining({ code: 'OPTIONS_INVALID' }))
    expect(sendgridEvents({ publicKey: sendgridKey }).name).toBe('sendgrid')
  })
})

describe('what we believe is what the official verifier believes', () => {
  it('DLV-5: SendGrid', async () => {
    const { samples, forge, source, now } = await createSendgrid()
    const webhook = new EventWebhook()
    const key = webhook.convertPublicKeyToECDSA(sendgridKey)
    const official = ({ headers, body }: (typeof samples)[number]['request']) =>
      answers(() =>
        webhook.verifySignature(
          key,
          textOf(body),
          headers.get('x-twilio-email-event-webhook-signature') ?? '',
          headers.get('x-twilio-email-event-webhook-timestamp') ?? '',
        ),
      )
    for (const { request } of samples) {
      expect([official(request), official(forge(request))]).toEqual([true, false])
      await expect(source.verify(request, now)).resolves.toBeUndefined()
      await expect(source.verify(forge(request), now)).rejects.toMatchObject({ code: 'EVENT_SIGNATURE_INVALID' })
    }
  })

  it('DLV-5: Resend, by Standard Webhooks', async () => {
    const { samples, forge, source, now } = await createResend()
    const official = ({ headers, body }: (typeof samples)[number]['request']) =>
      answers(() =>
        new Webhook(resendSecret).verify(textOf(body), {
          'webhook-id': headers.get('svix-id') ?? '',
          'webhook-timestamp': headers.get('svix-timestamp') ?? '',
          'webhook-signature': headers.get('svix-signature') ?? '',
        }),
      )
    vi.useFakeTimers({ now, toFake: ['Date'] })
    for (const { request } of samples) {
      expect([official(request), official(forge(request))]).toEqual([true, false])
      await expect(source.verify(request, now)).resolves.toBeUndefined()
      await expect(source.verify(forge(request), now)).rejects.toMatchObject({ code: 'EVENT_SIGNATURE_INVALID' })
    }
    vi.useRealTimers()
  })

  it('DLV-5: Amazon SNS, both signature versions', async () => {
    const { samples, forge, source, now } = await createSes()
    // The validator fetches the certificate itself; here it gets it without the network.
    vi.spyOn(https, 'get').mockImplementation(((_url: string, done: (answer: unknown) => void) => {
      done(Object.assign(Readable.from([Buffer.from(testCertificate)]), { statusCode: 200 }))
      return { on: () => undefined }
    }) as unknown as typeof https.get)
    const official = (body: Uint8Array) =>
      new Promise<boolean>((resolve) =>
        new MessageValidator().validate(textOf(body), (error) => resolve(error === null)),
      )
    for (const { request } of samples) {
      expect([await official(request.body), await official(forge(request).body)]).toEqual([true, false])
      await expect(source.verify(request, now)).resolves.toBeUndefined()
    }
  })
})
