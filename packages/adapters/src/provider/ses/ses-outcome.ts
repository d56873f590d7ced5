import type { RecipientOutcome, Stage } from '@mailwright/core'
import { fieldsOf, textOf } from '../reading/fields.js'

const refused = (code: number, enhanced: string, text: string): RecipientOutcome => ({
  type: 'refused',
  reply: { code, enhanced, text: text.slice(0, 2000) },
})

/** The rate or the quota of the account: 421 with 4.7.x makes the provider rest (TSK-12). */
const throttled = /^(?:TooManyRequests|Throttling|LimitExceeded|RequestLimitExceeded|SlowDown)/

/** Nobody's mail is at fault while the account may not send. */
const ofTheAccount =
  /^(?:AccountSuspended|SendingPaused|AccessDenied|UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch|ExpiredToken|MissingAuthentication|IncompleteSignature|OptInRequired|NotFound|CredentialsProvider|TokenProvider)/

const stages: Readonly<Record<string, Stage>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNREFUSED: 'connect',
  EHOSTUNREACH: 'connect',
  ENETUNREACH: 'connect',
}

const unnamed = { name: 'Error', message: 'thrown without an error', code: '', $metadata: {} }

const stageOf = (code: string): Stage | undefined =>
  stages[code] ?? (/^(?:ERR_TLS|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED)/.test(code) ? 'tls' : undefined)

/**
 * What became of the mail by what the SDK threw. An answer of SES is final but for its own failures (5xx): those, like a lost
 * connection, may come after the mail was taken.
 */
export const sesOutcome = (error: unknown): RecipientOutcome => {
  const { name, message, code, $metadata } =
    error instanceof Error ? { code: '', $metadata: {}, ...error, name: error.name, message: error.message } : unnamed
  const status = Number(fieldsOf($metadata).httpStatusCode ?? 0)
  const cause = `${name}: ${message}`.slice(0, 500)
  if (throttled.test(name) || status === 429) return refused(421, '4.7.0', cause)
  if (ofTheAccount.test(name) || status === 401 || status === 403) return { type: 'unreached', stage: 'auth', cause }
  // 5.7.0: SES refuses this mail or this sender; it says nothing about the recipient's address.
  if (status >= 400 && status < 500) return refused(554, '5.7.0', cause)
  const stage = status === 0 ? stageOf(textOf(code)) : undefined
  return stage === undefined ? { type: 'unknown', cause } : { type: 'unreached', stage, cause }
}
