import { z } from 'zod'
import { BURST_MS, requestVerdict, USER_AGENT_MAX, type Visit } from '../../domain/tracking/index.js'
import type { Context } from '../context.js'
import { arrivalWork } from '../ingest/arrivals.js'
import { instantSchema } from '../moment-input.js'
import { parseInput } from '../parse-input.js'
import type { ReadToken } from '../tokens.js'
import { type ClickTarget, clickTarget } from './click-target.js'
import { createFloodBound } from './flood-bound.js'
import type { VisitIntake } from './visit-intake.js'

/** What the request says of who came. The address it came from is not taken: what is not here cannot be stored. */
export const visitorSchema = z.strictObject({
  userAgent: z.string().nullish(),
  method: z.string().max(20).default('GET'),
  /** The header Sec-Purpose, Purpose or X-Purpose: a browser that fetches in advance says so. */
  purpose: z.string().nullish(),
  /** When it came, epoch milliseconds; left out: now. */
  at: instantSchema.optional(),
})
export type VisitorInput = Readonly<z.input<typeof visitorSchema>>

/** Where the pixel and the links of mails lead. No account and no sign-in: the token says it all (TRK-1). */
export interface PublicTracking {
  /** The pixel was fetched. false: not a token of ours, or too old. */
  open(token: string, visitor?: VisitorInput): Promise<boolean>
  /**
   * A link was followed: the http or https URL to redirect to. null: changed, foreign or expired; nothing may be redirected then. The URL is answered
   * also while the storage cannot take the click, if it is known by then; the storage's error is thrown otherwise.
   */
  click(token: string, visitor?: VisitorInput): Promise<string | null>
}

/** Clicks are judged when those that belong to a burst have come, with a second for processes that are behind. */
const JUDGED_AFTER_MS = BURST_MS + 1_000

export function publicTracking(ctx: Context, intake: VisitIntake): PublicTracking {
  const passes = createFloodBound(ctx.policy.visitsPerHour)

  const note = async (read: ReadToken, kind: Visit['kind'], target: ClickTarget | null, visitor: VisitorInput) => {
    const { userAgent, method, purpose, at } = parseInput(visitorSchema, visitor)
    const now = ctx.clock.now()
    const visit: Visit = {
      kind,
      at: Math.min(at ?? now, now),
      userAgent: printable(userAgent ?? ''),
      method,
      purpose: printable(purpose ?? ''),
      link: target?.url ?? '',
    }
    if (!passes(`${read.message} ${kind} ${requestVerdict(visit).by}`, now)) return
    const dueAt = kind === 'click' ? now + JUDGED_AFTER_MS : now
    await intake.add(
      arrivalWork(ctx.ids.next('event'), read.message, { ...visit, number: target?.number ?? null }, dueAt),
    )
  }

  return {
    async open(token, visitor = {}) {
      const read = ctx.tokens.readOpen(token, ctx.clock.now())
      if (read) await note(read, 'open', null, visitor)
      return read !== null
    },
    async click(token, visitor = {}) {
      const read = ctx.tokens.readClick(token, ctx.clock.now())
      const target = read && (await clickTarget(ctx, read))
      if (!read || !target) return null
      await note(read, 'click', target, visitor)
      return target.url
    },
  }
}

/** Headers of strangers: cut, and without characters that a storage or a terminal minds. */
const printable = (text: string): string => text.slice(0, USER_AGENT_MAX).replace(/[^ -~\u00a1-\u00ff]/g, '')
