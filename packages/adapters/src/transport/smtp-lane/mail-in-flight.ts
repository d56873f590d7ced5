import { isAscii } from 'node:buffer'
import type { Envelope, RecipientOutcome, Reply, Stage } from '@mailwright/core'
import type { Features } from './features.js'
import { remoteIdOf } from './reply-reader.js'
import { wireContent } from './wire-content.js'

/** `again`: certainly not taken, and nothing was said about the mail; another connection may do better. */
export type SessionResult =
  | { readonly type: 'outcomes'; readonly outcomes: readonly RecipientOutcome[] }
  | { readonly type: 'again'; readonly cause: string }

/** waits: nothing of it was written; envelope: not a byte of its content; content: its final dot was not written; dot: it was, so it may have arrived. */
export type Phase = 'waits' | 'envelope' | 'content' | 'dot'

/** A mail for a session. `done` is called exactly once, with the truth as far as it is known. */
export interface Job {
  /** Checked: see check-envelope.ts. */
  readonly envelope: Envelope
  readonly content: Uint8Array
  readonly signal: AbortSignal
  done(result: SessionResult): void
}

/** One mail in a session, and what is known of it so far. */
export interface MailInFlight {
  readonly job: Job
  readonly content: Buffer
  /** The parameters of MAIL and of each RCPT. */
  readonly parameters: string
  readonly notify: string
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
}

/** The command at a place of its envelope: MAIL, each RCPT, DATA. */
export const commandAt = ({ job: { envelope }, parameters, notify }: MailInFlight, index: number): string => {
  if (index === 0) return `MAIL FROM:<${envelope.from}>${parameters}\r\n`
  const to = envelope.to[index - 1]
  return to === undefined ? 'DATA\r\n' : `RCPT TO:<${to}>${notify}\r\n`
}

/** How many commands its envelope has. */
export const commandsOf = ({ recipients }: MailInFlight): number => recipients + 2

export const allCommands = (mail: MailInFlight): string => {
  let commands = ''
  for (let index = 0; index < commandsOf(mail); index++) commands += commandAt(mail, index)
  return commands
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

/** A mail as this server will be given it, or the refusal it would find itself. */
export const prepare = (features: Features, job: Job, reports: boolean): MailInFlight | Reply => {
  const { from, to } = job.envelope
  const content = wireContent(job.content)
  const plain = isAscii(content)
  const asciiPath = !beyondAscii.test(from) && !to.some((one) => beyondAscii.test(one))
  const headers = asciiPath && (plain || isAscii(headersOf(content)))
  const reply = misfit(features, content.length, { content: plain, headers })
  if (reply !== null) return reply
  const size = features.size ? ` SIZE=${content.length}` : ''
  const rare = `${plain ? '' : ' BODY=8BITMIME'}${headers ? '' : ' SMTPUTF8'}`
  const dsn = reports && features.dsn
  return {
    job,
    content,
    parameters: `${size}${rare}${dsn ? ' RET=HDRS' : ''}`,
    notify: dsn && from !== '' ? ' NOTIFY=FAILURE,DELAY' : '',
    recipients: to.length,
    phase: 'waits',
    sent: 0,
    answered: 0,
    refusals: to.map(() => null),
    shared: null,
    senderRefused: false,
    taken: 0,
    goOn: false,
    overlapped: false,
    cancelled: false,
  }
}

/** One outcome per recipient: its own refusal, else the one for all, else `otherwise`. */
export const outcomesOf = (
  { refusals, shared, senderRefused }: Pick<MailInFlight, 'refusals' | 'shared' | 'senderRefused'>,
  otherwise: RecipientOutcome,
): SessionResult => {
  const outcomes = refusals.map((own): RecipientOutcome => {
    const reply = own ?? shared
    if (reply === null) return otherwise
    return own === null && senderRefused ? { type: 'refused', reply, at: 'mail' } : { type: 'refused', reply }
  })
  return { type: 'outcomes', outcomes }
}

export const abortedOutcomes = (mail: Pick<MailInFlight, 'refusals' | 'shared' | 'senderRefused'>): SessionResult =>
  outcomesOf(mail, { type: 'unreached', stage: 'mail', cause: 'aborted' })

/** The same outcome for each recipient of a mail that no session has begun with. */
export const allAlike = ({ envelope }: Job, outcome: RecipientOutcome): SessionResult => ({
  type: 'outcomes',
  outcomes: envelope.to.map(() => outcome),
})

export const acceptedBy = (reply: Reply): RecipientOutcome => ({ type: 'accepted', remoteId: remoteIdOf(reply), reply })

/** What a lost connection means for a mail: after the final dot nobody knows (RFC 5321 §4.2.5, RFC 1047). */
export const lostIn = (mail: MailInFlight, cause: string): RecipientOutcome => {
  if (mail.phase === 'dot') return { type: 'unknown', cause }
  const stage: Stage = mail.phase === 'content' || mail.answered > mail.recipients ? 'data' : 'mail'
  return { type: 'unreached', stage, cause }
}
