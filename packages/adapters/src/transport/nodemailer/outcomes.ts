import { MailError, type RecipientOutcome, type Stage } from '@mailwright/core'
import type { Probe } from './probe.js'
import { readReply, remoteIdOf } from './read-reply.js'

/** The fields nodemailer adds to its errors. */
interface SendError {
  readonly code?: unknown
  readonly originalCode?: unknown
  readonly timeoutType?: unknown
  readonly syscall?: unknown
  readonly command?: unknown
  readonly response?: unknown
  readonly message?: unknown
  readonly rejectedErrors?: unknown
}

interface SentInfo {
  readonly response?: unknown
  readonly serverMessageId?: unknown
  readonly messageId?: unknown
  readonly rejected?: unknown
  readonly rejectedErrors?: unknown
}

const CAUSE_LENGTH = 300

/** Errors whose code alone says how far the session came. A wrong password is a wrong configuration, never a bounce. */
const stageByCode: Readonly<Record<string, Stage>> = {
  EDNS: 'dns',
  EPROXY: 'connect',
  ETLS: 'tls',
  EREQUIRETLS: 'tls',
  EAUTH: 'auth',
  ENOAUTH: 'auth',
  EOAUTH2: 'auth',
}

const stageByTimeout: Readonly<Record<string, Stage>> = {
  CONNECT_TIMEOUT: 'connect',
  GREETING_TIMEOUT: 'greeting',
  UPGRADE_TIMEOUT: 'tls',
}

/** Errors of the connection. Any other error is one of the configuration or of a plugin. */
const connectionCodes: ReadonlySet<unknown> = new Set([
  'ECONNECTION',
  'ETIMEDOUT',
  'ESOCKET',
  'EPROTOCOL',
  'ESTREAM',
  'EABORT',
])
const tlsFault = /SSL|TLS|CERT|SELF_SIGNED|ISSUER|ALTNAME|LEAF_SIGNATURE/

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const asError = (thrown: unknown): SendError => (typeof thrown === 'object' && thrown !== null ? thrown : {})

/** A stage before the envelope that the error proves by itself, or null. */
const provenStage = (error: SendError, probe: Probe): Stage | null => {
  // A pool takes another connection for a mail not a byte of which was read; so this may well follow a first envelope.
  if (probe.finished) return null
  const proven = stageByCode[textOf(error.code)] ?? stageByTimeout[textOf(error.timeoutType)]
  if (proven !== undefined) return proven
  if (error.syscall === 'connect') return 'connect'
  return probe.visible && tlsFault.test(textOf(error.originalCode)) ? 'tls' : null
}

/** The login is the transporter's, so what a server has repeated of it cannot be told from other words: of a refused login the reply's codes alone are kept (T22). */
function causeOf(error: SendError): string {
  const code = textOf(error.code) || 'error'
  if (stageByCode[code] !== 'auth')
    return `${code}: ${textOf(error.message).replace(/\s+/g, ' ')}`.slice(0, CAUSE_LENGTH)
  const reply = readReply(error.response)
  return `${code}: not logged in ${reply?.code ?? ''} ${reply?.enhanced ?? ''}`.trim()
}

/** Where a mail stood when its connection was lost without a word. */
export const lost = (probe: Probe, cause: string): RecipientOutcome => {
  if (probe.finished || !probe.visible) return { type: 'unknown', cause }
  if (probe.started) return { type: 'unreached', stage: probe.answered ? 'data' : 'mail', cause }
  return { type: 'unreached', stage: 'greeting', cause }
}

const isConnectionError = (error: SendError): boolean =>
  connectionCodes.has(error.code) || textOf(error.message) === 'Connection pool was closed'

/** A reply to the connection, EHLO or HELO, as nodemailer words it. */
const isSessionError = (error: SendError): boolean =>
  /^(?:EHLO|HELO|LHLO)$/.test(textOf(error.command)) || textOf(error.message).startsWith('Invalid greeting')

/** What became of those recipients that were not refused at RCPT. */
const sharedOutcome = (thrown: unknown, probe: Probe): RecipientOutcome => {
  const error = asError(thrown)
  const cause = causeOf(error)
  const stage = provenStage(error, probe)
  if (stage !== null) return { type: 'unreached', stage, cause }
  const reply = readReply(error.response)
  if (reply !== null && reply.code >= 400) {
    // Before MAIL a reply speaks about us or about the server, not about this mail: nobody bounces by it.
    if (isSessionError(error)) return { type: 'unreached', stage: 'greeting', cause }
    return textOf(error.command) === 'MAIL FROM' ? { type: 'refused', reply, at: 'mail' } : { type: 'refused', reply }
  }
  // Words that are no reply, or consent to something else, end the session; they are the server's fault and not the adapter's.
  if (isConnectionError(error) || textOf(error.response) !== '') return lost(probe, cause)
  if (probe.finished) return { type: 'unknown', cause }
  throw new MailError(
    'ADAPTER_FAILED',
    { transport: 'nodemailer', reason: textOf(error.code) || 'error' },
    { cause: thrown },
  )
}

/** nodemailer's list of those refused at RCPT, for a transporter that no probe could look into. */
const refusedIn = (list: unknown, recipient: string): RecipientOutcome | null => {
  if (!Array.isArray(list)) return null
  const found: unknown = list.find(
    (one: unknown) => (asError(one) as { readonly recipient?: unknown }).recipient === recipient,
  )
  const reply = readReply(asError(found).response)
  return reply === null ? null : { type: 'refused', reply }
}

const refusedAtRcpt = (probe: Probe, list: unknown, recipient: string): RecipientOutcome | null => {
  const reply = probe.refusal(recipient)
  return reply === null ? refusedIn(list, recipient) : { type: 'refused', reply }
}

/**
 * One outcome per recipient of a send that failed. A reply to RCPT holds for its recipient whatever came after it.
 * @throws ADAPTER_FAILED for an error that is none of the mail's or the connection's.
 */
export const failedOutcomes = (to: readonly string[], thrown: unknown, probe: Probe): readonly RecipientOutcome[] => {
  const list = asError(thrown).rejectedErrors
  const refused = to.map((recipient) => refusedAtRcpt(probe, list, recipient))
  if (refused.every((outcome) => outcome !== null)) return refused
  const shared = sharedOutcome(thrown, probe)
  return refused.map((outcome) => outcome ?? shared)
}

/** One outcome per recipient of a send that succeeded for at least one. */
export const sentOutcomes = (to: readonly string[], result: unknown, probe: Probe): readonly RecipientOutcome[] => {
  const info: SentInfo = typeof result === 'object' && result !== null ? result : {}
  const reply = readReply(info.response)
  const named = textOf(info.serverMessageId) || (reply === null ? textOf(info.messageId) : remoteIdOf(reply)) || null
  const accepted: RecipientOutcome = { type: 'accepted', remoteId: named, reply }
  return to.map((recipient) => {
    const refused = refusedAtRcpt(probe, info.rejectedErrors, recipient)
    if (refused !== null) return refused
    const wordless = Array.isArray(info.rejected) && info.rejected.includes(recipient)
    // Refused without a reply that could be classified: treated as passing, so that nobody is blocked by a guess.
    return wordless
      ? { type: 'refused', reply: { code: 450, enhanced: null, text: 'refused without a reply' } }
      : accepted
  })
}
