import type { z } from 'zod'
import { type PlannedDay, type PlanWarning, planDays, planWarnings } from '../../domain/task/index.js'
import { allowanceOf, todayOf } from '../allowance.js'
import { blocksFor } from '../block-lookup.js'
import type { Context } from '../context.js'
import { groupRows } from '../group-rows.js'
import { each } from '../stored.js'
import type { planTaskSchema } from './task-input.js'
import { taskParts } from './task-parts.js'

/** What would happen (TSK-13): nothing is stored, nothing is sent. */
export interface TaskPlan {
  readonly recipients: number
  readonly sendable: number
  /** How many would be refused, by the code of the refusal, with up to 20 examples each. */
  readonly refused: readonly { readonly code: string; readonly count: number; readonly examples: readonly string[] }[]
  readonly days: readonly PlannedDay[]
  readonly warnings: readonly PlanWarning[]
}

const EXAMPLES = 20

export async function planTask(
  ctx: Context,
  account: string,
  input: z.output<typeof planTaskSchema>,
): Promise<TaskPlan> {
  const { domain, group } = await taskParts(ctx, account, input)
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
    days: await daysOf(ctx, account, domain.id, sendable),
    warnings: planWarnings({
      recipients,
      invalid: refused.get('INVALID_ADDRESS_BLOCKED')?.count ?? 0,
      bulk: bulkFacts(ctx, domain.data.rows, domain.data.trust),
    }),
  }
}

/** Runs of older tasks come first: what they still have to send is in front of these rows. */
async function daysOf(ctx: Context, account: string, domain: string, rows: number): Promise<readonly PlannedDay[]> {
  const today = todayOf(ctx, ctx.clock.now())
  const { warmUp, available, blocked } = await allowanceOf(ctx, account, domain, today)
  let ahead = 0
  for await (const run of each(ctx, 'run', { account, parent: domain, states: ['open'] })) {
    ahead += Object.values(run.data.lanes).reduce((sum, { total, granted }) => sum + total - granted, 0)
  }
  const plan = planDays({
    rows: rows + ahead,
    level: warmUp.level,
    leftToday: available,
    raise: ctx.policy.raise,
    today: today.day,
    raisedToday: warmUp.raisedToday > 0,
    noRaiseToday: blocked || warmUp.lowerNextDay,
    ...(warmUp.lowerNextDay ? { levelTomorrow: Math.max(1, warmUp.level - 1) } : {}),
    operatorLimit: warmUp.operatorLimit,
  })
  return withoutFirst(plan, ahead)
}

function withoutFirst(plan: readonly PlannedDay[], rows: number): readonly PlannedDay[] {
  let left = rows
  return plan.flatMap(({ day, count }) => {
    const skipped = Math.min(left, count)
    left -= skipped
    return count > skipped ? [{ day, count: count - skipped }] : []
  })
}

function bulkFacts(
  ctx: Context,
  rows: readonly { readonly purpose: string; readonly status: string }[],
  trust: 'dns' | 'operator',
) {
  const passed = (purpose: string) => rows.some((row) => row.purpose === purpose && row.status === 'passed')
  const trusted = trust === 'operator'
  return {
    spf: trusted || passed('spf'),
    // Our own signature comes with a later part; until then only a transport that signs satisfies this (DOM-8).
    dkim: ctx.dns.dkim === 'transport',
    dmarc: trusted || passed('dmarc'),
    aligned: true,
    oneClickUnsubscribe: ctx.publicUrl !== null,
    visibleUnsubscribe: false,
    complained: 0,
    delivered: 0,
  }
}
