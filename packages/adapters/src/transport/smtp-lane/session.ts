import type { Envelope, Reply } from '@mailwright/core'
import type { Features } from './features.js'
import {
  abortedOutcomes,
  acceptedBy,
  commandAt,
  commandsOf,
  lostIn,
  type MailInFlight,
  type OutgoingMail,
  outcomesOf,
  prepare,
  type SessionResult,
} from './mail-in-flight.js'
import type { SessionOptions } from './session-options.js'
import type { Wire } from './wire.js'

/** A mail up to this size goes out in one write with its final dot; of a larger one the system takes block after block. */
const BLOCK = 128 * 1_024
const FINAL_DOT = '.\r\n'
const QUIT_MS = 5_000
/** How servers word that somebody spoke ahead of his turn. */
const OUT_OF_TURN = /pipelin|synchroni[sz]ation|bad sequence/i

const settle = ({ mail, unwatch }: MailInFlight, result: SessionResult): void => {
  unwatch()
  mail.settle(result)
}

/**
 * Mail after mail over one connection, their replies matched in order. Where the server announces PIPELINING an envelope is one write, and, until a server has
 * shown that it minds, the next envelope goes out in the write that holds the final dot (RFC 2920 §3.1): one round trip and one system call a mail.
 */
export class Session {
  /** Called when there is room again, and when the session has come to its end. */
  onChange: () => void = () => undefined

  readonly #wire: Wire
  readonly #features: Features
  readonly #options: SessionOptions
  /** The first is the one whose answers come next. */
  readonly #flying: MailInFlight[] = []
  #mailsLeft: number
  /** The server has taken a mail over it. */
  #carried = false
  /** A transaction that came to nothing is open still: the next one begins with RSET. */
  #mustReset = false
  #resetsAwaited = 0
  #ending: Promise<void> | null = null
  #over = false
  #ended: () => void = () => undefined

  constructor(wire: Wire, features: Features, options: SessionOptions) {
    this.#wire = wire
    this.#features = features
    this.#options = options
    this.#mailsLeft = options.mails
    wire.listen({ reply: (code, read) => this.#replied(code, read), lost: (cause) => this.#end(cause) })
    this.#rest()
  }

  /** Whether the connection is under TLS. */
  get secure(): boolean {
    return this.#wire.secure
  }

  /** It takes another mail, now or when there is room. */
  get usable(): boolean {
    return !this.#over && this.#ending === null && this.#mailsLeft > 0
  }

  /** How many mails it would take at once. */
  get room(): number {
    return this.usable ? Math.min(this.#mailsLeft, this.#options.depth - this.#flying.length) : 0
  }

  get load(): number {
    return this.#flying.length
  }

  /** Needs `room`. The mail is settled with the truth as far as it is known, also when the connection is lost or the signal aborts. */
  take(mail: OutgoingMail): void {
    const flying = prepare(this.#features, mail, this.#options.reports)
    if (!this.usable) mail.settle({ type: 'again', cause: 'the session is over' })
    else if (flying.shared !== null) mail.settle(outcomesOf(flying, { type: 'refused', reply: flying.shared }))
    else if (mail.signal.aborted) mail.settle(abortedOutcomes(flying))
    else {
      this.#mailsLeft -= 1
      flying.unwatch = this.#options.abortWatch(mail.signal, () => this.#abort(flying))
      this.#flying.push(flying)
      this.#startNext()
    }
  }

  /** `take` for who waits; never rejects. */
  send(envelope: Envelope, content: Buffer, signal: AbortSignal): Promise<SessionResult> {
    return new Promise((settle) => this.take({ envelope, content, signal, settle }))
  }

  /** Takes no further mail, waits for those under way, says QUIT. */
  close(): Promise<void> {
    this.#ending ??= new Promise((resolve) => {
      this.#ended = resolve
      if (this.#over) resolve()
      else if (this.#flying.length === 0) this.#quit()
    })
    return this.#ending
  }

  /** Without a mail the session ends after a while, politely. */
  #rest(): void {
    this.#wire.within(this.#options.idleMs, () => void this.close())
  }

  #quit(): void {
    this.#wire.within(QUIT_MS)
    this.#wire.write('QUIT\r\n')
    this.#wire.end()
    this.onChange()
  }

  #mayOverlap(): boolean {
    return this.#features.pipelining && this.#options.memory.overlap !== 'fails'
  }

  /** Writes the envelope of the mail whose turn it is, if it is not written. */
  #startNext(): void {
    const [first, second] = this.#flying
    if (first?.phase === 'waits') this.#wire.write(this.#envelopeOf(first))
    else if (first?.phase === 'dot' && first.taken > 0 && second?.phase === 'waits' && this.#mayOverlap()) {
      second.overlapped = true
      this.#wire.write(this.#envelopeOf(second))
      return
    } else return
    this.#wire.within(this.#options.timeouts.commandMs)
  }

  /** All commands of the envelope, or the first where the server wants them one by one. */
  #envelopeOf(mail: MailInFlight): string {
    const { pipelining } = this.#features
    mail.phase = 'envelope'
    mail.sent = pipelining ? commandsOf(mail) : 1
    const commands = pipelining ? mail.commands : commandAt(mail, 0)
    if (!this.#mustReset) return commands
    this.#mustReset = false
    this.#resetsAwaited += 1
    // Without PIPELINING the commands wait for the answer to RSET.
    if (pipelining) return `RSET\r\n${commands}`
    mail.sent = 0
    return 'RSET\r\n'
  }

  #replied(code: number, read: () => Reply): void {
    const mail = this.#flying[0]
    if (mail === undefined || mail.phase === 'waits') {
      // 221 after QUIT, a goodbye nobody asked for, or a server that has lost count.
      const { text } = read()
      this.#end(`the server said ${code} ${text}`.slice(0, 300))
    } else if (this.#resetsAwaited > 0 && mail.answered === 0 && mail.phase === 'envelope') this.#wasReset(mail, code)
    else if (mail.phase === 'dot') this.#finished(mail, code, read)
    else if (mail.phase === 'content') this.#cutShort(mail, code, read)
    else if (code >= 400) this.#refused(mail, read())
    else this.#agreed(mail, code)
  }

  #wasReset(mail: MailInFlight, code: number): void {
    this.#resetsAwaited -= 1
    if (code === 421) {
      this.#end('the server closes the connection')
    } else {
      if (mail.sent === 0) this.#command(mail)
      this.#wire.within(this.#options.timeouts.commandMs)
    }
  }

  #agreed(mail: MailInFlight, code: number): void {
    const { recipients, answered: index } = mail
    if (index <= recipients ? code >= 300 : code !== 354) {
      this.#end(`the server answered ${code} out of turn`)
      return
    }
    if (index === 0 && mail.overlapped) this.#options.memory.overlap = 'works'
    if (index > 0 && index <= recipients) mail.taken += 1
    if (index > recipients) mail.goOn = true
    this.#answered(mail)
  }

  #refused(mail: MailInFlight, reply: Reply): void {
    const { recipients, answered: index } = mail
    // After a refused MAIL, or without a recipient, 503 is about that.
    const follows = mail.shared !== null || (index > recipients && mail.taken === 0)
    if (!follows && this.#outOfTurn(mail, reply)) return
    // To the first word of a mail, behind others that were taken or after a rest (4.4.2), it ends the session and says nothing about the mail: another connection may do.
    if (reply.code === 421 && index === 0 && (this.#carried || reply.enhanced === '4.4.2')) {
      this.#forget(mail, `421 ${reply.text}`)
      return
    }
    // After a refused MAIL the answers to RCPT only say that there was none.
    if (index > 0 && index <= recipients && mail.shared === null) mail.refusals[index - 1] = reply
    else mail.shared ??= reply
    mail.senderRefused ||= index === 0
    // A server that closes answers nothing more.
    if (reply.code === 421) this.#refusedAndOver(mail)
    else this.#answered(mail)
  }

  #answered(mail: MailInFlight): void {
    mail.answered += 1
    if (mail.answered === mail.sent) this.#nextCommand(mail)
    else this.#patience(mail)
  }

  /** How long the next answer to the envelope may take. */
  #patience(mail: MailInFlight): void {
    const { dataMs, commandMs } = this.#options.timeouts
    this.#wire.within(mail.answered > mail.recipients ? dataMs : commandMs)
  }

  #command(mail: MailInFlight): void {
    this.#wire.write(commandAt(mail, mail.sent))
    mail.sent += 1
  }

  /** All that was asked is answered: the next command, the content, or the end of it. */
  #nextCommand(mail: MailInFlight): void {
    const nobody = mail.answered > mail.recipients && mail.taken === 0
    if (mail.goOn && mail.shared !== null) {
      // It refused the sender and wants the content all the same: whatever it would do with an empty mail, it gets none.
      this.#refusedAndOver(mail)
    } else if (mail.goOn && nobody) {
      // 354 to nobody (RFC 2920 §3.1): an empty mail, which the server then refuses.
      mail.phase = 'dot'
      this.#wire.write(FINAL_DOT)
      this.#wire.within(this.#options.timeouts.dotMs)
    } else if (mail.goOn) {
      this.#writeContent(mail)
    } else if (nobody || mail.shared !== null || mail.sent === commandsOf(mail)) {
      this.#mustReset = true
      this.#done(mail, outcomesOf(mail, lostIn(mail, 'no recipient was taken')))
    } else {
      this.#command(mail)
      this.#patience(mail)
    }
  }

  #writeContent(mail: MailInFlight): void {
    const { content } = mail.mail
    if (content.length > BLOCK) this.#writeBlocks(mail, 0)
    else this.#writeLast(mail, content)
  }

  #writeLast(mail: MailInFlight, bytes: Buffer): void {
    this.#wire.writeBoth(bytes, this.#tailAfter(mail))
    this.#wire.within(this.#options.timeouts.dotMs)
  }

  #writeBlocks(mail: MailInFlight, from: number): void {
    if (this.#over || this.#flying[0] !== mail) return
    const end = from + BLOCK
    const { content } = mail.mail
    const block = content.subarray(from, end)
    if (end >= content.length) {
      this.#writeLast(mail, block)
    } else {
      mail.phase = 'content'
      this.#wire.within(this.#options.timeouts.blockMs)
      this.#wire.write(block, () => this.#writeBlocks(mail, end))
    }
  }

  /** The final dot, and behind it the next envelope. From here on the mail may have arrived. */
  #tailAfter(mail: MailInFlight): string {
    mail.phase = 'dot'
    const next = this.#flying[1]
    if (next?.phase !== 'waits' || !this.#mayOverlap()) return FINAL_DOT
    next.overlapped = true
    return FINAL_DOT + this.#envelopeOf(next)
  }

  /** A refusal while the content is on its way: the final dot was never written, so it holds. */
  #cutShort(mail: MailInFlight, code: number, read: () => Reply): void {
    if (code < 400) {
      this.#end(`the server answered ${code} out of turn`)
    } else {
      mail.shared ??= read()
      this.#refusedAndOver(mail)
    }
  }

  #finished(mail: MailInFlight, code: number, read: () => Reply): void {
    const reply = read()
    if (code >= 300 && code < 400) {
      this.#end(`the server answered ${code} to the final dot`)
    } else if (mail.taken === 0) {
      // The dot that ended an empty mail: whatever it says, nobody was taken.
      this.#mustReset = true
      this.#done(mail, outcomesOf(mail, lostIn(mail, 'no recipient was taken')))
    } else if (code < 300) {
      this.#carried = true
      this.#done(mail, outcomesOf(mail, acceptedBy(reply)))
    } else if (!this.#outOfTurn(mail, reply)) {
      mail.shared = reply
      if (code === 421) this.#refusedAndOver(mail)
      else this.#done(mail, outcomesOf(mail, acceptedBy(reply)))
    }
  }

  /** The server minds that the next envelope came early: it is remembered, and nothing of these mails was taken. */
  #outOfTurn(mail: MailInFlight, reply: Reply): boolean {
    const overlapped = mail.overlapped || this.#flying[1]?.overlapped
    if (!overlapped || (reply.code !== 503 && !OUT_OF_TURN.test(reply.text))) return false
    this.#options.memory.overlap = 'fails'
    this.#forget(mail, 'the server takes one mail at a time')
    return true
  }

  /** Nothing of what was said is about this mail: it goes over another connection. */
  #forget(mail: MailInFlight, cause: string): void {
    mail.phase = 'waits'
    mail.answered = 0
    this.#end(cause)
  }

  #refusedAndOver(mail: MailInFlight): void {
    this.#flying.shift()
    settle(mail, outcomesOf(mail, lostIn({ ...mail, phase: 'envelope' }, 'the server closed the connection')))
    this.#end('the server closes the connection')
  }

  #done(mail: MailInFlight, result: SessionResult): void {
    this.#flying.shift()
    const next = this.#flying[0]
    if (next === undefined) {
      if (this.#ending !== null) this.#quit()
      else if (this.#mailsLeft === 0) void this.close()
      else this.#rest()
    } else if (next.cancelled) {
      this.#end('aborted')
    } else {
      this.#wire.within(this.#options.timeouts.commandMs)
      this.#startNext()
    }
    settle(mail, result)
    this.onChange()
  }

  #abort(mail: MailInFlight): void {
    if (this.#over) return
    const index = this.#flying.indexOf(mail)
    if (index < 0) return
    if (mail.phase === 'waits') {
      this.#flying.splice(index, 1)
      settle(mail, abortedOutcomes(mail))
    } else if (index === 0) {
      // Bytes of it are out: only the end of the connection stops it.
      this.#end('aborted')
      return
    } else {
      // The connection ends before its content, but not before the mail ahead of it is answered; nothing further is taken meanwhile.
      mail.cancelled = true
      this.#mailsLeft = 0
      settle(mail, abortedOutcomes(mail))
    }
    this.onChange()
  }

  /** The connection is over: every mail learns what is true of it. */
  #end(cause: string): void {
    if (this.#over) return
    this.#over = true
    this.#wire.destroy()
    const left = this.#flying.splice(0)
    const { memory } = this.#options
    // Some servers hang up on whom they mind, and some never hear what came early.
    const [first, second] = left
    const minded = (second?.overlapped && first?.phase === 'dot') || (first?.overlapped && first.answered === 0)
    if (memory.overlap === 'untried' && minded && cause !== 'aborted') memory.overlap = 'fails'
    for (const mail of left) {
      if (mail.cancelled) continue
      // Nothing was said about it, and not a byte of its content is out: another connection may take it. A server that does not answer would not there.
      const untouched = mail.answered === 0 && (mail.phase === 'waits' || mail.phase === 'envelope')
      const again = untouched && !mail.mail.signal.aborted && !cause.startsWith('ETIMEDOUT')
      settle(mail, again ? { type: 'again', cause } : outcomesOf(mail, lostIn(mail, cause)))
    }
    this.#ended()
    this.onChange()
  }
}
