import type { Instant } from '../../ports/clock.js'
import type { Transport } from '../../ports/transport.js'

/** The newest mails that are kept. */
const KEPT = 500

export interface InboxMail {
  /** The message id. */
  readonly id: string
  readonly at: Instant
  readonly from: string
  readonly to: readonly string[]
  /** The finished mail (RFC 5322). */
  readonly content: Uint8Array
}

/** What `dev: true` kept instead of sending it. */
export interface Inbox {
  /** Newest first. */
  list(): readonly InboxMail[]
  get(id: string): InboxMail | null
  clear(): void
}

/** A transport that delivers into this process's memory, and the view of it. */
export function createInbox(now: () => Instant): { readonly inbox: Inbox; readonly transport: Transport } {
  let mails: InboxMail[] = []
  const transport: Transport = {
    name: 'dev-inbox',
    capabilities: {
      concurrency: 100,
      maxBytes: 2 ** 31,
      idempotent: false,
      smtpUtf8: true,
      sourceAddress: true,
      direct: false,
    },
    async send({ id, envelope, content }) {
      mails = [{ id, at: now(), ...envelope, content }, ...mails].slice(0, KEPT)
      return { recipients: envelope.to.map(() => ({ type: 'accepted', remoteId: null, reply: null })) }
    },
    close: async () => undefined,
  }
  const inbox: Inbox = {
    list: () => mails,
    get: (id) => mails.find((mail) => mail.id === id) ?? null,
    clear() {
      mails = []
    },
  }
  return { inbox, transport }
}
