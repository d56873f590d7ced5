import {
  MailError,
  type RecipientOutcome,
  type Transport,
  type TransportCapabilities,
  type TransportRequest,
  type TransportResult,
} from '@mailwright/core'
import { assertSent, type SentPattern } from './sent-pattern.js'

export type { SentPattern } from './sent-pattern.js'

/** A mail as it was handed over; `content` is the sender's own bytes, not a copy. */
export type CapturedMail = TransportRequest

export interface CaptureTransportOptions {
  /** What becomes of one recipient; accepted if left out. A rejection is this transport's own failure. */
  readonly answer?: (request: TransportRequest, recipient: string) => RecipientOutcome | Promise<RecipientOutcome>
  /** false counts only, for runs of millions. Default true. */
  readonly keep?: boolean
  readonly capabilities?: Partial<TransportCapabilities>
}

export interface CaptureTransport extends Transport {
  /** What was handed over and not refused or lost for all its recipients, in order. */
  readonly messages: readonly CapturedMail[]
  /** How many mails that are, also when none is kept. */
  readonly count: number
  clear(): void
  /** The kept mails that match. Throws an Error that says how many were found unless there are `times` (default: one or more). */
  assertSent(pattern?: SentPattern, times?: number): readonly CapturedMail[]
}

const accepted: RecipientOutcome = { type: 'accepted', remoteId: null, reply: null }

/** Keeps mail in memory instead of sending it, for tests and `dev: true`. */
export const captureTransport = (options: CaptureTransportOptions = {}): CaptureTransport => {
  const { answer, keep = true } = options
  const messages: CapturedMail[] = []
  let count = 0
  let closed = false

  const outcomesOf = async (request: TransportRequest): Promise<readonly RecipientOutcome[]> =>
    answer === undefined
      ? request.envelope.to.map(() => accepted)
      : Promise.all(request.envelope.to.map((recipient) => answer(request, recipient)))

  return {
    name: 'capture',
    capabilities: {
      concurrency: 1_000,
      maxBytes: 2 ** 31,
      idempotent: false,
      smtpUtf8: true,
      sourceAddress: true,
      direct: false,
      ...options.capabilities,
    },
    async send(request, signal): Promise<TransportResult> {
      if (closed) throw new MailError('SERVICE_STOPPED', { transport: 'capture' })
      if (signal.aborted) {
        return {
          recipients: request.envelope.to.map(() => ({ type: 'unreached', stage: 'connect', cause: 'aborted' })),
        }
      }
      const recipients = await outcomesOf(request)
      // After an unknown outcome the mail may have arrived, so a test has to see it.
      if (recipients.some(({ type }) => type === 'accepted' || type === 'unknown')) {
        count += 1
        if (keep) messages.push(request)
      }
      return { recipients }
    },
    async close() {
      closed = true
    },
    messages,
    get count() {
      return count
    },
    clear() {
      messages.length = 0
      count = 0
    },
    assertSent: (pattern = {}, times) => assertSent(messages, pattern, times),
  }
}
