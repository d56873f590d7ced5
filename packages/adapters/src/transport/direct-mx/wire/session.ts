import type { Envelope, RecipientOutcome, Reply, Stage } from '@mailwright/core'
import { isEightBit, onTheWire } from './content.js'
import type { Conversation } from './conversation.js'
import type { Features } from './features.js'
import type { Timeouts } from './timeouts.js'

const QUIT_MS = 2_000

export interface SessionMail {
  readonly envelope: Envelope
  readonly content: Uint8Array
}

/** One mail at a time over one connection. */
export interface Session {
  readonly usable: boolean
  send(mail: SessionMail, signal: AbortSignal): Promise<readonly RecipientOutcome[]>
  close(): Promise<void>
}

const isPositive = ({ code }: Reply): boolean => code >= 200 && code < 300
const ours = (code: number, enhanced: string, words: string): Reply => ({
  code,
  enhanced,
  text: `${enhanced} ${words}`,
})

/** Why this server cannot take the mail at all, by what it announced; in the words it would have used itself (RFC 6531 §3.5, RFC 1870 §6). */
const cannotTake = ({ envelope, content }: SessionMail, features: Features): Reply | null => {
  const addresses = [envelope.from, ...envelope.to].join('')
  if (!features.smtpUtf8 && /[^\0-\x7f]/.test(addresses))
    return ours(553, '5.6.7', 'the server takes no addresses beyond ASCII')
  if (features.size !== null && features.size > 0 && content.length > features.size)
    return ours(552, '5.3.4', `larger than the ${features.size} bytes the server takes`)
  return null
}

const mailCommand = ({ envelope, content }: SessionMail, features: Features): string => {
  const size = features.size === null ? '' : ` SIZE=${content.length}`
  const body = features.eightBit && isEightBit(content) ? ' BODY=8BITMIME' : ''
  const utf8 = /[^\0-\x7f]/.test([envelope.from, ...envelope.to].join('')) ? ' SMTPUTF8' : ''
  return `MAIL FROM:<${envelope.from}>${size}${body}${utf8}\r\n`
}

const remoteIdOf = ({ text }: Reply): string | null =>
  /\b(?:queued as|id=)\s*<?([A-Za-z0-9._@-]{4,200})/i.exec(text)?.[1] ?? null

export const createSession = (
  talk: Conversation,
  features: Features,
  { timeouts, maxMessages }: { readonly timeouts: Timeouts; readonly maxMessages: number },
): Session => {
  let sent = 0
  let ended = false

  const lostAt = (stage: Stage): RecipientOutcome => ({
    type: 'unreached',
    stage,
    cause: talk.cause || 'the server ended the session',
  })
  const refusedBy = (reply: Reply): RecipientOutcome => {
    // RFC 5321 §3.8: after a 421 the server ends the connection, whether it has done so yet or not.
    if (reply.code === 421) ended = true
    return { type: 'refused', reply }
  }

  /** After RCPT: who is refused or lost; null for those who get the content. */
  const envelope = async (mail: SessionMail): Promise<readonly (RecipientOutcome | null)[]> => {
    const { to } = mail.envelope
    const recipients = to.map((address) => `RCPT TO:<${address}>\r\n`)
    const command = mailCommand(mail, features)
    talk.write(features.pipelining ? `${command}${recipients.join('')}DATA\r\n` : command)
    const answer = await talk.next(timeouts.commandMs)
    const taken = answer !== null && isPositive(answer)
    const outcomes: (RecipientOutcome | null)[] = []
    for (const recipient of recipients) {
      if (!features.pipelining && taken && !ended) talk.write(recipient)
      // Pipelined, RCPT has its answer even after MAIL was refused; it says nothing of its own then.
      const reply = features.pipelining || (taken && !ended) ? await talk.next(timeouts.commandMs) : null
      if (answer !== null && !taken) outcomes.push(refusedBy(answer))
      else if (reply === null) outcomes.push(lostAt('mail'))
      else outcomes.push(isPositive(reply) ? null : refusedBy(reply))
    }
    return outcomes
  }

  const content = async ({ content: bytes }: SessionMail): Promise<RecipientOutcome> => {
    if (!features.pipelining) talk.write('DATA\r\n')
    const go = await talk.next(timeouts.dataMs)
    if (go === null) return lostAt('data')
    if (go.code !== 354) {
      if (go.code < 400) ended = true
      return go.code < 400 ? { type: 'unreached', stage: 'data', cause: `DATA was answered ${go.code}` } : refusedBy(go)
    }
    talk.write(...onTheWire(bytes))
    const reply = await talk.next(timeouts.endMs)
    if (reply === null) return { type: 'unknown', cause: talk.cause }
    if (isPositive(reply)) return { type: 'accepted', remoteId: remoteIdOf(reply), reply }
    if (reply.code >= 400) return refusedBy(reply)
    ended = true
    return { type: 'unknown', cause: `the content was answered ${reply.code}` }
  }

  /** Nobody gets the content: makes the session ready for the next mail. */
  const giveUp = async (): Promise<void> => {
    if (features.pipelining && !talk.lost && !ended) {
      const go = await talk.next(timeouts.dataMs)
      // RFC 2920 §3.1 would end it with an empty mail. A server that is so far off might hand that to somebody.
      if (go?.code === 354) talk.lose('the server asked for content that nobody gets')
    }
    if (talk.lost || ended) return
    talk.write('RSET\r\n')
    if ((await talk.next(timeouts.commandMs)) === null) ended = true
  }

  const deliver = async (mail: SessionMail): Promise<readonly RecipientOutcome[]> => {
    // A word that nobody asked for would be taken for the answer to this mail.
    if (talk.pending) talk.lose('the server spoke out of turn')
    const before = await envelope(mail)
    if (before.every((outcome) => outcome !== null)) {
      await giveUp()
      return before
    }
    if (ended) return before.map((outcome) => outcome ?? lostAt('mail'))
    const shared = await content(mail)
    return before.map((outcome) => outcome ?? shared)
  }

  return {
    get usable() {
      return !ended && !talk.lost && !talk.pending && sent < maxMessages
    },
    async send(mail, signal) {
      const refusal = cannotTake(mail, features)
      if (refusal !== null) return mail.envelope.to.map(() => ({ type: 'refused', reply: refusal }))
      sent += 1
      const abort = () => talk.lose('aborted')
      signal.addEventListener('abort', abort, { once: true })
      if (signal.aborted) abort()
      try {
        return await deliver(mail)
      } finally {
        signal.removeEventListener('abort', abort)
      }
    },
    async close() {
      ended = true
      if (!talk.lost) {
        talk.write('QUIT\r\n')
        await talk.next(QUIT_MS)
      }
      talk.lose('closed')
    },
  }
}
