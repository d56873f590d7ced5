import type { Instant } from './clock.js'
import type { Reply } from './transport.js'

/** A provider's request as it came: what is signed are the raw bytes. */
export interface RawRequest {
  readonly method: string
  /** Path and query, as the provider called it. */
  readonly url: string
  readonly headers: Headers
  readonly body: Uint8Array
}

/** What a provider says has happened. Its own word for it (`permanent`) is a hint: core classifies the reply (DLV-5). */
export type ProviderHappening =
  | { readonly type: 'delivered' | 'deferred'; readonly reply: Reply | null }
  /** `permanent`: what the provider calls it; null if it does not say. */
  | { readonly type: 'bounced'; readonly reply: Reply | null; readonly permanent: boolean | null }
  /** The provider refused the mail before it sent anything. */
  | { readonly type: 'dropped'; readonly reason: string }
  | { readonly type: 'complained'; readonly feedbackType: string | null }
  | { readonly type: 'opened'; readonly userAgent: string }
  | { readonly type: 'clicked'; readonly userAgent: string; readonly link: string }
  | { readonly type: 'unsubscribed' }
  /** Nothing core keeps; counted by its name in the log. */
  | { readonly type: 'other'; readonly name: string }
  /** One of a batch that is not of the provider's form: it is told of and not kept. `expected` is for the operator and quotes nothing. */
  | { readonly type: 'unreadable'; readonly expected: string }

export interface ProviderEvent {
  /** Unique at this provider and stable: a replay has the same one and changes nothing (DLV-5). */
  readonly key: string
  readonly at: Instant
  /**
   * Our message id, from a tag, a header or the return path that the provider gave back; or that of the send's request, which stands in the Message-ID, if `recipient` is
   * told as well; null: it cannot be told.
   */
  readonly message: string | null
  /** The address it is about, where the provider says so: one mail of a provider may have several recipients. */
  readonly recipient: string | null
  readonly happened: ProviderHappening
}

/** Reads what one provider posts to us. Knows nothing of storage; both verbs may run at once any number of times. */
export interface EventSource {
  readonly name: string
  /**
   * Is it from the provider, unchanged and recent? `now` is the service's clock.
   * @throws EVENT_SIGNATURE_INVALID if it is not, whatever is wrong with it; nothing of the request is believed then (T32). ADAPTER_FAILED if that cannot be
   * told by now, so that the provider comes again
   */
  verify(request: RawRequest, now: Instant): Promise<void>
  /**
   * The events of a verified request, in any order; none for what only sets a subscription up. One that cannot be read spoils no other: the provider would come again
   * with the whole batch, to the same end, until it gives up.
   * @throws EVENT_INVALID for a body that is not of the provider's form, and where no event of it can be read
   */
  parse(request: RawRequest): readonly ProviderEvent[]
}
