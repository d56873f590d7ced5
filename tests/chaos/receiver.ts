import type { RecipientOutcome, Transport, TransportRequest } from '@mailwright/core'
import type { Copy } from './ledger.js'

/** The other side of the wire, which outlives every process: what it has taken, whoever handed it over. */
export interface Receiver {
  readonly transport: Transport
  readonly copies: readonly Copy[]
  /** The address each attempt came from, '' for the shared pool. */
  readonly sources: readonly string[]
  /** The last copy of each recipient, whole. */
  readonly contents: ReadonlyMap<string, Uint8Array>
  /** How many answers it has cut off after the final dot. */
  readonly cutOff: number
  forget(): void
}

const reply = (code: number, enhanced: string, text: string) => ({ code, enhanced, text: `${enhanced} ${text}` })

export const messageIdOf = (content: string): string => /^message-id:\s*(\S+)/im.exec(content)?.[1] ?? 'none'

/**
 * Answers by the recipient's name: `bad…` is refused for good, `later…` is put off the first time, `cut…` is taken the first time and the
 * connection lost before the answer; everybody else is taken.
 */
export function receiver(today: () => string): Receiver {
  const copies: Copy[] = []
  const contents = new Map<string, Uint8Array>()
  const sources: string[] = []
  const seen = new Map<string, number>()
  let cutOff = 0

  const take = ({ content, route }: TransportRequest, recipient: string): RecipientOutcome => {
    sources.push(route?.ip ?? '')
    const times = (seen.get(recipient) ?? 0) + 1
    seen.set(recipient, times)
    if (recipient.startsWith('bad')) return { type: 'refused', reply: reply(550, '5.1.1', 'no such user') }
    if (recipient.startsWith('later') && times === 1) {
      return { type: 'refused', reply: reply(452, '4.2.2', 'mailbox full') }
    }
    contents.set(recipient, content)
    copies.push({ recipient, messageId: messageIdOf(Buffer.from(content).toString('latin1')), day: today() })
    if (!recipient.startsWith('cut') || times > 1)
      return { type: 'accepted', remoteId: null, reply: reply(250, '2.0.0', 'ok') }
    cutOff += 1
    return { type: 'unknown', cause: 'connection lost after the final dot' }
  }

  return {
    transport: {
      name: 'receiver',
      capabilities: {
        concurrency: 10,
        maxBytes: 2 ** 25,
        idempotent: false,
        smtpUtf8: true,
        sourceAddress: true,
        direct: false,
      },
      send: async (request) => ({ recipients: request.envelope.to.map((recipient) => take(request, recipient)) }),
      close: async () => undefined,
    },
    copies,
    sources,
    contents,
    get cutOff() {
      return cutOff
    },
    forget() {
      copies.length = 0
      contents.clear()
      sources.length = 0
      seen.clear()
      cutOff = 0
    },
  }
}
