import { createHmac } from 'node:crypto'
import { MailError } from '../../errors/mail-error.js'
import type { Instant } from '../../ports/clock.js'

const PREFIX = 'whsec_'
const SECRET_BYTES = 32
/** What Standard Webhooks allows. */
const SHORTEST = 24
const LONGEST = 64

export const newSecret = (bytes: (length: number) => Uint8Array): string =>
  `${PREFIX}${Buffer.from(bytes(SECRET_BYTES)).toString('base64')}`

/** A secret that the caller brings along. @throws INPUT_INVALID */
export function checkSecret(secret: string): string {
  const key = keyOf(secret)
  const whole = secret === `${PREFIX}${key.toString('base64')}`
  if (!whole || key.length < SHORTEST || key.length > LONGEST)
    throw new MailError('INPUT_INVALID', {
      field: 'secret',
      expected: `${PREFIX} and ${SHORTEST} to ${LONGEST} bytes in base64`,
    })
  return secret
}

const keyOf = (secret: string): Buffer => Buffer.from(secret.slice(PREFIX.length), 'base64')

/**
 * The headers of Standard Webhooks 1.0.0: id, seconds of this attempt, and one signature per secret, so that a receiver may know the old or the new one
 * while they change.
 */
export function webhookHeaders(
  message: { readonly id: string; readonly at: Instant; readonly body: string },
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(message.at / 1_000))
  const signed = `${message.id}.${timestamp}.${message.body}`
  const signatures = secrets.map(
    (secret) => `v1,${createHmac('sha256', keyOf(secret)).update(signed).digest('base64')}`,
  )
  return { 'webhook-id': message.id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}
