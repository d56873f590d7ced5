import type { z } from 'zod'
import { signingKeys } from '../../domain/dkim-key/index.js'
import { occurrencesAfter } from '../../domain/recurrence/index.js'
import type { DnsPurpose } from '../../domain/sender-domain/index.js'
import { type PlannedDay, type PlanWarning, planDays, planWarnings, type Schedule } from '../../domain/task/index.js'
import type { Instant } from '../../ports/clock.js'
import { allowanceOf, todayOf } from '../allowance.js'
import { blocksFor } from '../block-lookup.js'
import { showsUnsubscribeLink } from '../compose-mail.js'
import type { Context } from '../context.js'
import { recentCounts } from '../domains/recent-counts.js'
import { groupRows } from '../group-rows.js'
import { scenarioWarnings } from '../scenario-check.js'
import { type DomainData, each } from '../stored.js'
import { unsubscribeLanguage } from '../unsubscribe-choice.js'
import { scheduleOf } from './schedule-input.js'
import type { planTaskSchema } from './task-input.js'
import { taskParts } from './task-parts.js'

/** What would happen (TSK-13): nothing is stored, nothing is sent. */
export interface TaskPlan {
  readonly recipients: number
  readonly sendable: number
  /** How many would be refused, by the code of the refusal, with up to 20 examples each. */
  readonly refused: readonly { readonly code: string; readonly count: number; readonly examples: readonly string[] }[]
  /** When it starts; of what recurs the next five occurrences. */
  readonly starts: readonly Instant[]
  /** On which days the mails of the first start go out. */
  readonly days: readonly PlannedDay[]
  readonly warnings: readonly PlanWarning[]
}

const EXAMPLES = 20
const OCCURRENCES = 5

export async function planTask(
  ctx: Context,
  account: string,
  input: z.output<typeof planTaskSchema>,
): Promise<TaskPlan> {
  const now = ctx.clock.now()
  const starts = startsOf(scheduleOf(ctx, input, now), now)
  const { domain, group, version } = await taskParts(ctx, account, input)
  const unsubscribe = unsubscribeLanguage(ctx, input.unsubscribe, true)
  const refused = new Map<string, { count: number; examples: string[] }>()
  const mail = { account, senderDomain: domain.data.name, trigger: false }
  for await (const rows of groupRows(ctx, group.id, group.data)) {
    const blockOf = await blocksFor(
      ctx,
      mail,
      rows.map(({ key }) => key),
    )
    for (const row of rows) {
      const block = blockOf(row.key)
      if (!block) continue
      const known = refused.get(block.code) ?? { count: 0, examples: [] }
      known.count += 1
      if (known.examples.length < EXAMPLES) known.examples.push(row.mailbox)
      refused.set(block.code, known)
    }
  }
  const recipients = group.data.rows
  const sendable = recipients - [...refused.values()].reduce((sum, { count }) => sum + count, 0)
  return {
    recipients,
    sendable,
    refused: [...refused].map(([code, { count, examples }]) => ({ code, count, examples })),
    starts,
    days: await daysOf(ctx, account, domain.id, sendable, starts[0] ?? now),
    warnings: [
      ...scenarioWarnings(input.scenario, domain.data.scenario).map(({ code: _, ...mixed }) => ({
        type: 'scenario-mixed' as const,
        ...mixed,
      })),
      ...planWarnings({
        recipients,
        invalid: refused.get('INVALID_ADDRESS_BLOCKED')?.count ?? 0,
        bulk: {
          ...bulkFacts(ctx, domain.data),
          ...(await complaintsOf(ctx, account, domain.id)),
          visibleUnsubscribe: ctx.publicUrl !== null && (unsubscribe !== null || showsUnsubscribeLink(version.data)),
        },
      }),
    ],
  }
}

/** Runs of older tasks come first: what they still have to send is in front of these rows. */
async function daysOf(
  ctx: Context,
  account: string,
  domain: string,
  rows: number,
  startAt: Instant,
): Promise<readonly PlannedDay[]> {
  const today = todayOf(ctx, ctx.clock.now())
  const { warmUp, available, blocked } = await allowanceOf(ctx, account, domain, today)
  let ahead = 0
  for await (const run of each(ctx, 'run', { account, parent: domain, states: ['open'] })) {
    ahead += Object.values(run.data.lanes).reduce((sum, { total, granted }) => sum + total - granted, 0)
  }
  return planDays({
    rows,
    ahead,
    startsOn: todayOf(ctx, startAt).day,
    level: warmUp.level,
    leftToday: available,
    raise: ctx.policy.raise,
    today: today.day,
    raisedToday: warmUp.raisedToday > 0,
    noRaiseToday: blocked || warmUp.lowerNextDay,
    ...(warmUp.lowerNextDay ? { levelTomorrow: Math.max(1, warmUp.level - 1) } : {}),
    operatorLimit: warmUp.operatorLimit,
  })
}

/** The next starts; of what recurs the first few. */
function startsOf(schedule: Schedule, now: Instant): readonly Instant[] {
  if (schedule.type === 'immediate') return [now]
  return schedule.type === 'scheduled' ? [schedule.at] : occurrencesAfter(schedule, schedule.startAt - 1, OCCURRENCES)
}

async function complaintsOf(ctx: Context, account: string, domain: string) {
  const { complained, delivered } = await recentCounts(ctx, account, domain, todayOf(ctx, ctx.clock.now()))
  return { complained, delivered }
}

/** Of Gmail's and Yahoo's rules for bulk senders of 2024, those that the domain and our options decide. */
function bulkFacts(ctx: Context, { rows, trust, keys }: DomainData) {
  const passed = (purpose: DnsPurpose) => rows.some((row) => row.purpose === purpose && row.status === 'passed')
  const trusted = trust === 'operator'
  const theirs = ctx.dns.dkim === 'transport'
  return {
    // A relay or provider that signs may put a return path of its own into the envelope, too.
    spf: theirs ? null : trusted || passed('spf'),
    dkim: theirs ? null : signingKeys(keys).length > 0 && (trusted || passed('dkim')),
    dmarc: trusted || passed('dmarc'),
    // Mail of ours is signed with d= the domain of its From, so that it is aligned wherever its signature holds.
    aligned: theirs ? null : true,
    // RFC 8058 §3.1 wants https.
    oneClickUnsubscribe: ctx.publicUrl?.startsWith('https://') ?? false,
  }
}
