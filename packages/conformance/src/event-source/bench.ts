import type { EventSource, Instant, ProviderEvent, RawRequest } from '@mailwright/core'
import type { Runner } from '../runner.js'

/** A request as the provider would send it at `now`, and what it says. */
export interface EventSample {
  readonly name: string
  readonly request: RawRequest
  /** One for each event, in order; `key` is left to the source. */
  readonly says: readonly Pick<ProviderEvent, 'message' | 'recipient' | 'happened'>[]
}

/** An SMTP relay that repeats a header of the mail in its events, so that each event names its mail. */
export interface RelayUnderTest {
  /** What the adapter exports for the transport's option. */
  readonly headersFor: (id: string) => Readonly<Record<string, string>>
  /** The request by which the provider says that a mail with these headers and this Message-ID has been delivered to this recipient. */
  readonly tells: (mail: {
    readonly headers: Readonly<Record<string, string>>
    readonly messageId: string
    readonly recipient: string
  }) => RawRequest
}

export interface EventSourceUnderTest {
  readonly source: EventSource
  readonly now: Instant
  /** At least two that say different things, one of them of a type the source does not know. */
  readonly samples: readonly EventSample[]
  /** The request without what shows where it comes from. */
  readonly unsign: (request: RawRequest) => RawRequest
  /** The request as somebody signs it who has another key. */
  readonly forge: (request: RawRequest) => RawRequest
  /** Left out where the provider's relay has no such header; its case is skipped with that reason. */
  readonly relay?: RelayUnderTest
}

export interface EventSourceBench extends EventSourceUnderTest {
  readonly expect: Runner['expect']
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : `not a MailError: ${error}`

/** `accepted`, or the code of the refusal. */
export const verdictOf = async (source: EventSource, request: RawRequest, now: Instant): Promise<string> => {
  try {
    await source.verify(request, now)
    return 'accepted'
  } catch (error) {
    return codeOf(error)
  }
}

/** The events, or the code of the refusal. */
export const readingOf = (source: EventSource, request: RawRequest): readonly ProviderEvent[] | string => {
  try {
    return source.parse(request)
  } catch (error) {
    return codeOf(error)
  }
}

export const withBody = (request: RawRequest, body: string | Uint8Array): RawRequest => ({
  ...request,
  body: typeof body === 'string' ? Buffer.from(body) : body,
})
