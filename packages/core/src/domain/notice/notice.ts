import type { Reply } from '../../ports/transport.js'

/** A mail that came to a return path or a complaints address, taken apart and cut to size; nothing of it is believed yet. */
export interface NoticeMail {
  /** In their order: lower-case name, unfolded value. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Decoded. */
  readonly subject: string
  /** What a person reads, made from the HTML where there is no text. */
  readonly text: string
  /** Every other part. */
  readonly parts: readonly NoticePart[]
}

export interface NoticePart {
  /** Lower case, for instance `message/delivery-status`. */
  readonly type: string
  readonly content: string
}

/** What happened to one recipient (RFC 3464 §2.3.3). */
export type ReportAction = 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded'

export interface RecipientReport {
  readonly action: ReportAction
  /** The address it failed at, which a forward may have made another than the one we wrote to; null: nothing names one. */
  readonly recipient: string | null
  /** The address before any forward, where the report says so (RFC 3464 §2.3.1). */
  readonly original: string | null
  /** What the server is reported to have said; code 0 and no status if nothing tells. */
  readonly reply: Reply
  readonly remoteMta: string | null
}

/** What a mail is, by what it says of itself. */
export type Notice =
  | { readonly kind: 'report'; readonly reports: readonly RecipientReport[]; readonly returned: ReturnedMail | null }
  | {
      readonly kind: 'complaint'
      /** RFC 5965 §3.5: abuse, fraud, virus, other, not-spam …, in lower case. */
      readonly feedbackType: string
      /** Often blacked out. */
      readonly recipient: string | null
      readonly mailFrom: string | null
      readonly returned: ReturnedMail | null
    }
  | { readonly kind: 'auto-reply'; readonly why: string }
  | { readonly kind: 'unrelated' }

/** Headers of the mail that came back, as far as it was given back. */
export interface ReturnedMail {
  readonly returnPaths: readonly string[]
  readonly listUnsubscribe: string | null
  readonly to: string | null
}
