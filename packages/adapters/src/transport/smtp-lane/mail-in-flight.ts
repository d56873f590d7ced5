import { isAscii } from 'node:buffer'
import type { Envelope, RecipientOutcome, Reply, Stage } from '@mailwright/core'
import type { Features } from './features.js'
import { remoteIdOf } from './reply-reader.js'

/** `again`: certainly not taken, and nothing was said about the mail; another connection may do better. */
export type SessionResult =
  | { readonly type: 'outcomes'; readonly outcomes: readonly RecipientOutcome[] }
  | { readonly type: 'again'; readonly cause: string }

/** waits: nothing of it was written; envelope: not a byte of its content; content: its final dot was not written; dot: it was, so it may have arrived. */
export type Phase = 'waits' | 'envelope' | 'content' | 'dot'

/** A mail as it is given to a session. */
export interface OutgoingMail {
  /** Checked (see check-envelope.ts). */
  readonly envelope: Envelope
  /** As it goes over the wire (see wire-content.ts). */
  readonly content: Buffer
  readonly signal: AbortSignal
  /** Called once, with the truth as far as it is known. */
  settle(result: SessionResult): void
}

/** One mail in a session, and what is known of it so far. */
export interface MailInFlight {
  readonly mail: OutgoingMail
  /** MAIL, each RCPT and DATA, a line each. */
  readonly commands: string
  readonly recipients: number
  phase: Phase
  /** Commands written, and replies to them that have come. */
  sent: number
  answered: number
  /** By recipient: what it was refused with at RCPT. */
  readonly refusals: (Reply | null)[]
  /** What MAIL, DATA or the final dot was refused with: it holds for all that were not refused alone. */
  shared: Reply | null
  /** It was MAIL that was refused: the sender, and no recipient. */
  senderRefused: boolean
  taken: number
  /** DATA was answered with 354. */
  goOn: boolean
  /** Its envelope was written before the mail ahead of it was answered. */
  overlapped: boolean
  /** Aborted behind another mail: its outcome is told already. */
  cancelled: boolean
  /** Calls off the watch for its signal. */
  unwatch: () => void
}

const refusedByUs = (code: number, enhanced: string, text: string): Reply => ({
  code,
  enhanced,
  text: `${enhanced} ${text}`,
})

/** Why this server cannot be given this mail, in the words it would find itself; null if it can. */
const misfit = (features: Features, size: number, ascii: { content: boolean; headers: boolean }): Reply | null => {
  if (features.sizeMax > 0 && size > features.sizeMax)
    return refusedByUs(552, '5.3.4', `the mail is larger than the ${features.sizeMax} octets the server takes`)
  if (!ascii.headers && !features.smtpUtf8)
    return refusedByUs(553, '5.6.7', 'the server does not take addresses or headers beyond ASCII (SMTPUTF8)')
  if (!ascii.content && !features.eightBit)
    return refusedByUs(554, '5.6.3', 'the server does not take 8-bit content (8BITMIME)')
  return null
}

/** All of it, where no empty line ends them. */
function headersOf(content: Buffer): Buffer {
  const end = content.indexOf('\r\n\r\n')
  return end < 0 ? content : content.subarray(0, end)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: everything beyond ASCII is what is looked for
const beyondAscii = /[^\x00-\x7f]/

const unwatched = (): void => undefined

/** What a mail becomes on this server; `shared` says why the server cannot be given it, if so. */
export const prepare = (features: Features, mail: OutgoingMail, reports: boolean): MailInFlight => {
  const { content } = mail
  const { from, to } = mail.envelope
  const plain = isAscii(content)
  const addresses = !beyondAscii.test(from) && !to.some((one) => beyondAscii.test(one))
  const headers = addresses && (plain || isAscii(headersOf(content)))
  const dsn = reports && features.dsn
  const size = features.size ? ` SIZE=${content.length}` : ''
  const parameters = `${size}${plain ? '' : ' BODY=8BITMIME'}${headers ? '' : ' SMTPUTF8'}${dsn ? ' RET=HDRS' : ''}`
  const notify = dsn && from !== '' ? ' NOTIFY=FAILURE,DELAY' : ''
  let commands = `MAIL FROM:<${from}>${parameters}\r\n`
  for (const one of to) commands += `RCPT TO:<${one}>${notify}\r\n`
  return {
    mail,
    commands: `${commands}DATA\r\n`,
    recipients: to.length,
    phase: 'waits',
    sent: 0,
    answered: 0,
    refusals: to.map(() => null),
    shared: misfit(features, content.length, { content: plain, headers }),
    senderRefused: false,
    taken: 0,
    goOn: false,
    overlapped: false,
    cancelled: false,
    unwatch: unwatched,
  }
}

/** MAIL, each RCPT and DATA. */
export const commandsOf = ({ recipients }: MailInFlight): number => recipients + 2

/** One of its commands, for a server that wants them one by one. No address holds a line end. */
export const commandAt = ({ commands }: MailInFlight, index: number): string => `${commands.split('\r\n')[index]}\r\n`

/** One outcome per recipient: its own refusal, else the one for all, else `otherwise`. */
export const outcomesOf = (
  { refusals, shared, senderRefused }: MailInFlight,
  otherwise: RecipientOutcome,
): SessionResult => {
  const outcomes = refusals.map((own): RecipientOutcome => {
    const reply = own ?? shared
    if (reply === null) return otherwise
    return own === null && senderRefused ? { type: 'refused', reply, at: 'mail' } : { type: 'refused', reply }
  })
  return { type: 'outcomes', outcomes }
}

export const abortedOutcomes = (mail: MailInFlight): SessionResult =>
  outcomesOf(mail, { type: 'unreached', stage: 'mail', cause: 'aborted' })

export const acceptedBy = (reply: Reply): RecipientOutcome => ({ type: 'accepted', remoteId: remoteIdOf(reply), reply })

/** What a lost connection means for a mail: after the final dot nobody knows (RFC 5321 §4.2.5, RFC 1047). */
export const lostIn = (mail: MailInFlight, cause: string): RecipientOutcome => {
  if (mail.phase === 'dot') return { type: 'unknown', cause }
  const stage: Stage = mail.phase === 'content' || mail.answered > mail.recipients ? 'data' : 'mail'
  return { type: 'unreached', stage, cause }
}
