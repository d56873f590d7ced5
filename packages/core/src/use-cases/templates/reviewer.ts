import { z } from 'zod'
import type { Logger } from '../../ports/logger.js'
import type { Context } from '../context.js'

/** What a reviewer is shown of a version (TPL-7). */
export interface ReviewRequest {
  readonly account: string
  /** Ids, by which `templates.decide` knows it. */
  readonly template: string
  readonly version: string
  readonly name: string
  readonly subject: string | null
  readonly html: string | null
  readonly text: string | null
}

const verdictSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('approved') }),
  z.strictObject({ state: z.literal('rejected'), reason: z.string().min(1).max(1_000) }),
  /** Decided later, by `templates.decide`. */
  z.strictObject({ state: z.literal('pending') }),
])
export type ReviewVerdict = Readonly<z.output<typeof verdictSchema>>

/**
 * The host's reviewer. It may be asked about the same version more than once. One that throws, or does not answer within `policy.reviewTimeoutMs`, is
 * asked again; the version waits.
 */
export type ReviewTemplate = (request: ReviewRequest, signal: AbortSignal) => ReviewVerdict | Promise<ReviewVerdict>

export interface Reviewer {
  /** null: no answer that can be used. Never rejects. */
  ask(request: ReviewRequest): Promise<ReviewVerdict | null>
}

interface Surroundings extends Pick<Context, 'after' | 'policy' | 'clock'> {
  readonly logger: Logger
}

/** After silence nobody is made to wait for it again for so long. */
const REST_MS = 60_000

export function createReviewer(review: ReviewTemplate, { after, policy, clock, logger }: Surroundings): Reviewer {
  let silentUntil = 0

  const inTime = async (request: ReviewRequest): Promise<unknown> => {
    const over = new AbortController()
    let late = () => {}
    const silence = new Promise<never>((_, reject) => {
      late = after(policy.reviewTimeoutMs, () => {
        silentUntil = clock.now() + REST_MS
        over.abort()
        reject(new Error(`no answer in ${policy.reviewTimeoutMs} ms`))
      })
    })
    const answer = Promise.resolve().then(() => review(request, over.signal))
    return Promise.race([answer, silence]).finally(late)
  }

  return {
    async ask(request) {
      if (clock.now() < silentUntil) return null
      try {
        return verdictSchema.parse(await inTime(request))
      } catch (error) {
        const { template, version } = request
        const name = error instanceof z.ZodError ? 'not a verdict' : error
        logger.log('warn', 'review-failed', { template, version, error: name })
        return null
      }
    },
  }
}
