import { periodEdges, quarterBucket, type Step } from '../../domain/statistics/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { Instant } from '../../ports/clock.js'
import type { DimensionFilter } from '../../ports/reads.js'
import type { CellKey } from '../../ports/rows.js'
import type { Context } from '../context.js'
import { instantsOf } from '../moment-input.js'
import type { StatisticsQuestion } from './statistics-input.js'
import { partsOfFilter, type TagGroups, tagGroups } from './tag-groups.js'

const QUARTER = 15 * 60_000
const DAY = 86_400_000

/** A question with everything that was looked up to answer it. */
export interface OpenQuestion {
  readonly account: string
  readonly from: Instant
  readonly to: Instant
  readonly step: Step | null
  readonly timeZone: string
  readonly edges: readonly Instant[]
  /** What rows are about, beside period and tag. */
  readonly kept: readonly KeptDimension[]
  readonly lists: Pick<DimensionFilter, 'domains' | 'recipientDomains' | 'templates' | 'tasks' | 'anyOf'>
  /** Of the tag to group by. */
  readonly tags: TagGroups | null
  readonly cube: CellKey['cube']
}

const KEPT = ['domain', 'recipientDomain', 'template', 'task'] as const
export type KeptDimension = (typeof KEPT)[number]

/** @throws INPUT_INVALID for an empty range, two steps or tags at once, or more periods than the policy allows. */
export async function openQuestion(ctx: Context, account: string, asked: StatisticsQuestion): Promise<OpenQuestion> {
  const by = [...new Set(typeof asked.by === 'string' ? [asked.by] : asked.by)]
  const steps = by.filter((one): one is Step => one === 'hour' || one === 'day')
  const tagKeys = by.flatMap((one) => (one.startsWith('tag:') ? [one.slice(4)] : []))
  if (steps.length > 1 || tagKeys.length > 1)
    throw new MailError('INPUT_INVALID', { field: 'by', expected: 'at most one of hour and day, and at most one tag' })
  const timeZone = asked.timeZone ?? ctx.policy.timeZone
  const range = instantsOf({ from: asked.from, to: asked.to }, ['from', 'to'], timeZone)
  if (range.from >= range.to) throw new MailError('INPUT_INVALID', { field: 'to', expected: 'an instant after from' })
  const { from, to } = rangeKept(ctx, range)
  const step = steps[0] ?? null
  const most = ctx.policy.statisticsPeriods
  const edges = step ? periodEdges({ from, to, step, timeZone, most }) : []
  if (edges.length > most)
    throw new MailError('INPUT_INVALID', {
      field: 'to',
      expected: `at most ${most} periods of one ${step}`,
      nearest: edges[most] ?? to,
    })
  const [tagKey] = tagKeys
  const tags = tagKey === undefined ? null : await tagGroups(ctx, account, tagKey)
  const filter = asked.tag && (tagKey === asked.tag.key && tags ? tags : await tagGroups(ctx, account, asked.tag.key))
  return {
    account,
    from,
    to,
    step,
    timeZone,
    edges,
    kept: KEPT.filter((one) => by.includes(one)),
    lists: {
      ...(asked.domains ? { domains: asked.domains } : {}),
      ...(asked.recipientDomains ? { recipientDomains: asked.recipientDomains } : {}),
      ...(asked.templates ? { templates: asked.templates } : {}),
      ...(asked.tasks ? { tasks: asked.tasks } : {}),
      ...(asked.tag && filter ? { anyOf: partsOfFilter(filter, asked.tag) } : {}),
    },
    tags,
    cube: by.includes('recipientDomain') || asked.recipientDomains ? 'recipient' : 'sender',
  }
}

/** The part of the range in which there can be anything, in whole buckets: not before what is kept, not after tomorrow. */
function rangeKept({ clock, policy }: Context, asked: { readonly from: Instant; readonly to: Instant }) {
  const now = clock.now()
  const from = Math.max(asked.from, now - policy.retention.statisticsMonths * 31 * DAY)
  const to = Math.min(asked.to, now + DAY)
  return { from: quarterBucket(from), to: quarterBucket(to + QUARTER - 1) }
}
