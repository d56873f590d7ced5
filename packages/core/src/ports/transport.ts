/** One SMTP reply, or what a provider answered in its place. */
export interface Reply {
  /** Three digits, for instance 550. */
  readonly code: number
  /** RFC 3463, for instance `5.1.1`; null when the server gave none. */
  readonly enhanced: string | null
  /** The whole text as sent, lines joined by a newline, at most 2,000 characters. */
  readonly text: string
}

/** How far a mail came that reached no final answer. */
export type Stage = 'dns' | 'connect' | 'tls' | 'greeting' | 'auth' | 'mail' | 'data'

/** What became of one recipient. A refusal is a value; the domain classifies it, not the transport. */
export type RecipientOutcome =
  | { readonly type: 'accepted'; readonly remoteId: string | null; readonly reply: Reply | null }
  /** `at: 'mail'`: what was refused is the sender, before any recipient was named; such a reply is held against no recipient (BLK-1). */
  | { readonly type: 'refused'; readonly reply: Reply; readonly at?: 'mail' }
  /**
   * Certainly not taken: the connection failed before the last byte of the content was sent. From a transport that is `direct` a `cause` at `dns` that says
   * `nxdomain` or `null MX`, alone or after a colon, is a definite no of the recipient's domain; any other is tried again.
   */
  | { readonly type: 'unreached'; readonly stage: Stage; readonly cause: string }
  /**
   * Not tried, and nobody was asked: the far side is left alone for now, or there is no room for the mail. It is no attempt and says nothing of the recipient
   * or of the way out. The mail is offered again after `forMs`, not sooner than after a second, and once more before its time is over. Whoever can name no
   * better time names a longer one each time, or is asked by all that he holds every second.
   */
  | { readonly type: 'held'; readonly forMs: number; readonly cause: string }
  /** Lost after the final dot and before its answer: it may have arrived (REL-2). */
  | { readonly type: 'unknown'; readonly cause: string }

export interface Envelope {
  /** Reverse-path without angle brackets; empty for the null sender. */
  readonly from: string
  /** Forward-paths without angle brackets. Already validated: a transport never parses or splits them. */
  readonly to: readonly string[]
}

/** The dedicated IP a mail leaves from (DIP-3). */
export interface SourceRoute {
  readonly ip: string
  /** The name to greet with (RFC 5321 §4.1.1.1). */
  readonly ehlo: string
  /** The relay that owns the address, by the operator's name for it; null: an address of this machine. */
  readonly relay: string | null
}

export interface TransportRequest {
  /** Our message id; stable over retries, so a provider may use it as idempotency key. */
  readonly id: string
  readonly envelope: Envelope
  /** The finished mail (RFC 5322) with CRLF line ends, before dot-stuffing. */
  readonly content: Uint8Array
  /** Our composer has made it: CRLF is its only line end and no line begins with a dot, so SMTP may carry it as it is. Left out: a transport looks for itself (T2). */
  readonly composed?: true
  /** null: the shared pool, from wherever the transport sends. Always null without the capability `sourceAddress`. */
  readonly route: SourceRoute | null
}

export interface TransportResult {
  /** One outcome per envelope recipient, in the same order. */
  readonly recipients: readonly RecipientOutcome[]
}

export interface TransportCapabilities {
  /** How many sends at once make sense. */
  readonly concurrency: number
  readonly maxBytes: number
  /** The far side recognises a repeated `id`. */
  readonly idempotent: boolean
  /** Takes addresses beyond ASCII (RFC 6531). */
  readonly smtpUtf8: boolean
  /** Sends each mail from the address or through the relay that its `route` names, and greets with its name. */
  readonly sourceAddress: boolean
  /**
   * Goes to each recipient's own servers: one that cannot be reached says nothing about the others. false: everything goes through one relay or
   * provider, and all mail waits while that cannot be reached.
   */
  readonly direct: boolean
}

/** Hands one mail to the next hop. Only a broken adapter or a wrong configuration throws (TRANSPORT codes); all else is an outcome. */
export interface Transport {
  readonly name: string
  readonly capabilities: TransportCapabilities
  /** Concurrent calls are fine. When `signal` aborts the outcome is `unreached`, `held` or `unknown`, whichever is true. */
  send(request: TransportRequest, signal: AbortSignal): Promise<TransportResult>
  /** Ends idle connections, waits for running sends. */
  close(): Promise<void>
}
