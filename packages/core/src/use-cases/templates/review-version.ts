import type { Change } from '../../ports/changes.js'
import type { Instant } from '../../ports/clock.js'
import type { Work } from '../../ports/rows.js'
import { bundle, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { find } from '../stored.js'
import { upkeepWork } from '../upkeep/upkeep-work.js'
import { decideReview, reviewOver } from './decide-review.js'
import type { ReviewRequest, ReviewVerdict } from './reviewer.js'
import { bodiesOf } from './template-view.js'

export const REVIEW_CHORE = 'template-review'

const FIRST_MS = 60_000
const LONGEST_MS = 3_600_000

/** What a version starts with: without a reviewer it is approved at once. */
export const firstReview = ({ reviewer }: Pick<Context, 'reviewer'>) =>
  ({ state: reviewer ? 'pending' : 'approved', reason: null }) as const

/** Stored with a version that waits for its review: should the review not come to its end, it is asked for again. */
export function reviewWork(ctx: Context, account: string, version: string): readonly Change[] {
  if (!ctx.reviewer) return []
  const dueAt = ctx.clock.now() + FIRST_MS
  return [{ type: 'work.put', items: [upkeepWork({ name: REVIEW_CHORE, of: version, account, dueAt })] }]
}

/** Asks the reviewer about a version that is stored. Whatever goes wrong, the version stays pending and its chore asks again. */
export async function reviewNow(ctx: Context, account: string, version: string): Promise<void> {
  try {
    await review(ctx, account, version)
  } catch (error) {
    ctx.logger.log('warn', 'review-put-off', { version, error })
  }
}

/** The chore of a pending version. A process without a reviewer leaves it to one that has it. */
export async function reviewAgain(ctx: Context, { account, parent, attempt }: Work): Promise<Instant | null> {
  const verdict = await review(ctx, account, parent)
  return verdict === 'over' ? null : ctx.clock.now() + Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10))
}

/** `waiting`: nobody could say. What the reviewer itself puts off is over for us: `templates.decide` ends it. */
async function review(ctx: Context, account: string, id: string): Promise<'over' | 'waiting'> {
  const version = await find(ctx, 'template-version', account, id)
  const template = version && (await find(ctx, 'template', account, version.parent))
  if (version?.data.review.state !== 'pending' || !template) return 'over'
  const { subject } = version.data
  const { name } = template.data
  const request: ReviewRequest = {
    account,
    template: template.id,
    version: id,
    name,
    subject,
    ...bodiesOf(version.data),
  }
  const verdict = (await ctx.reviewer?.ask(request)) ?? null
  if (verdict === null) return 'waiting'
  if (verdict.state === 'pending') {
    await tryBundle(ctx, bundle([reviewOver(id)]))
  } else {
    await decideReview(ctx, account, id, { state: verdict.state, reason: reasonOf(verdict) }, { overrule: false })
  }
  return 'over'
}

const reasonOf = (verdict: ReviewVerdict): string | null => (verdict.state === 'rejected' ? verdict.reason : null)
