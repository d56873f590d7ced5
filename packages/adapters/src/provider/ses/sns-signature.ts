import { createVerify, X509Certificate } from 'node:crypto'
import type { Instant } from '@mailwright/core'
import { type Fields, textOf } from '../reading/fields.js'
import { notSigned } from '../reading/refusals.js'

/** The fields that SNS signs, in its order; a field that is absent (`Subject`) is left out. */
const signed: Readonly<Record<string, readonly string[]>> = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
}

const digests: Readonly<Record<string, string>> = { '1': 'sha1', '2': 'sha256' }

const signedText = (envelope: Fields): string => {
  const fields = signed[textOf(envelope.Type)]
  if (fields === undefined) throw notSigned('an unknown type')
  return fields
    .filter((name) => envelope[name] !== undefined && envelope[name] !== null)
    .map((name) => `${name}\n${textOf(envelope[name])}\n`)
    .join('')
}

/** @throws EVENT_SIGNATURE_INVALID unless the key of this certificate signed the envelope */
export const checkSnsSignature = (envelope: Fields, pem: string, now: Instant): void => {
  const digest = digests[textOf(envelope.SignatureVersion)]
  if (digest === undefined) throw notSigned('an unknown signature version')
  try {
    const certificate = new X509Certificate(pem)
    if (Date.parse(certificate.validFrom) > now || Date.parse(certificate.validTo) < now) throw new Error('expired')
    const verifier = createVerify(digest).update(signedText(envelope), 'utf8')
    if (verifier.verify(certificate.publicKey, textOf(envelope.Signature), 'base64')) return
  } catch (cause) {
    throw notSigned('the certificate', cause)
  }
  throw notSigned('the signature')
}
