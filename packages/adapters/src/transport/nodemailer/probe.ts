import { Readable } from 'node:stream'
import type { Envelope, Reply } from '@mailwright/core'
import { readReply } from './read-reply.js'
import type { ComposedMessage, NodemailerTransporter } from './transporter.js'

/** How far a mail has come, seen from what the connection asked for. */
export interface Probe {
  /** false when the transporter let nobody look: then nothing below is known. */
  readonly visible: boolean
  /** The session stands and the envelope was asked for. */
  readonly started: boolean
  /** Every MAIL and RCPT was answered. */
  readonly answered: boolean
  /** The last byte of the content was handed over: the final dot may be on its way. */
  readonly finished: boolean
  /** What this recipient was refused with at RCPT. */
  refusal(recipient: string): Reply | null
  /** Sees to it that no final dot follows, unless the content is finished already. */
  cut(): void
  attach(message: ComposedMessage): void
}

/** nodemailer's own bookkeeping on the envelope object it was given. */
interface LiveEnvelope {
  readonly from: string
  readonly to: string[]
  readonly accepted?: readonly unknown[]
  readonly rejectedErrors?: readonly { readonly recipient?: unknown; readonly response?: unknown }[]
}

const SLICE = 64 * 1024

/** The content, read only when the server has answered DATA. */
const contentStream = (content: Uint8Array, onEnd: () => void): Readable => {
  let offset = 0
  return new Readable({
    read() {
      if (offset < content.length) {
        const end = Math.min(offset + SLICE, content.length)
        this.push(content.subarray(offset, end))
        offset = end
        return
      }
      onEnd()
      this.push(null)
    },
  })
}

/** The host's own stream (its plugins and its DKIM included), but not a byte before it is asked for. */
const lazyStream = (open: () => Readable, onEnd: () => void): Readable => {
  async function* chunks() {
    yield* open()
    onEnd()
  }
  return Readable.from(chunks(), { highWaterMark: 1 })
}

/**
 * Watches one mail on its way through nodemailer, whose errors do not tell a connection lost before DATA from one lost after the
 * final dot. `direct` bypasses nodemailer's own stream of the raw message, where no plugin of a host needs it.
 */
export const createProbe = (envelope: Envelope, content: Uint8Array, direct: boolean): Probe => {
  let visible = false
  let live: LiveEnvelope | null = null
  let finished = false
  let severed = false
  let stream: Readable | null = null
  const finish = () => {
    finished = true
  }
  const refusals = () => live?.rejectedErrors ?? []
  return {
    get visible() {
      return visible
    },
    get started() {
      return live !== null
    },
    get answered() {
      return live !== null && (live.accepted?.length ?? 0) + refusals().length >= envelope.to.length
    },
    get finished() {
      return finished
    },
    refusal: (recipient) => readReply(refusals().find((refused) => refused.recipient === recipient)?.response),
    cut() {
      severed = true
      if (!finished) stream?.destroy(new Error('aborted'))
    },
    attach(message) {
      visible = true
      // Given anew to each connection the pool tries, and never parsed: nodemailer takes these very strings.
      message.getEnvelope = () => {
        live = { from: envelope.from, to: [...envelope.to] }
        return live
      }
      const open = message.createReadStream.bind(message)
      message.createReadStream = () => {
        stream = direct ? contentStream(content, finish) : lazyStream(open, finish)
        if (severed) stream.destroy(new Error('aborted'))
        return stream
      }
    },
  }
}

const watched = new WeakSet<object>()

/** The field of the mail's data that carries its probe to the plugin. */
export const PROBE = 'mailwrightProbe'

/** Registers the plugin that lets probes see, once per transporter. The host's other mail passes it untouched. */
export const watch = (transporter: NodemailerTransporter): void => {
  if (watched.has(transporter)) return
  watched.add(transporter)
  transporter.use?.('stream', (mail, done) => {
    const probe = (mail.data as { readonly [PROBE]?: Probe })[PROBE]
    probe?.attach(mail.message)
    done()
  })
}
