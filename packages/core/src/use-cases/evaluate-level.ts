import {
  applyDecision,
  type DayFacts,
  decideLevel,
  highestLevel,
  limitToday,
  settledOf,
  type WarmUp,
} from '../domain/warm-up/index.js'
import type { Change } from '../ports/changes.js'
import type { Counts } from '../ports/counters.js'
import { allowanceOf, type Today } from './allowance.js'
import { bundle, tryBundle } from './apply-bundle.js'
import type { Context } from './context.js'
import { updateRecord } from './stored.js'

/**
 * Raises, lowers or blocks a domain by what has arrived today (TSK-8 to TSK-11), as often as the rules allow it. The level, the day's
 * ceiling and the note of the change are one bundle; a rival that was faster refuses it, and what it stored is looked at afresh.
 */
export async function evaluateLevel(ctx: Context, account: string, domain: string, today: Today): Promise<void> {
  for (;;) {
    const { record, warmUp, ceiling } = await allowanceOf(ctx, account, domain, today)
    // A process whose clock is ahead has opened the next day: what this one is about is closed, and its figures say nothing of that one (TSK-11).
    if (today.day < warmUp.day) return
    const facts = await factsOfDay(ctx, account, domain, today, ceiling)
    const decision = decideLevel({
      level: warmUp.level,
      raisedToday: warmUp.raisedToday > 0,
      facts,
      raise: ctx.policy.raise,
      highest: highestLevel(warmUp),
      policy: ctx.policy.levelRules,
    })
    const next = applyDecision(warmUp, decision)
    if (sameState(next, record.data)) return
    const changes: Change[] = [updateRecord(record, { data: next })]
    if (next !== warmUp) changes.push(noteOf(ctx, record, domain, decision.type, warmUp.level, next.level, facts))
    if (decision.type === 'raise' && next.level > warmUp.level)
      changes.push({ type: 'quota.raise', scope: domain, day: today.day, to: limitToday(next) })
    if (decision.type === 'block' && next.blockedDay === today.day) {
      changes.push(
        { type: 'epoch.bump', keys: [`domain:${domain}`] },
        { type: 'quota.block', scope: domain, day: today.day },
      )
    }
    const result = await tryBundle(ctx, bundle(changes))
    if (result.applied && decision.type === 'block') ctx.bumped([`domain:${domain}`])
    if (next === warmUp) return
  }
}

const sameState = (a: WarmUp, b: WarmUp): boolean =>
  (Object.keys(a) as (keyof WarmUp)[]).every((key) => a[key] === b[key])

async function factsOfDay(
  ctx: Context,
  account: string,
  domain: string,
  today: Today,
  limit: number,
): Promise<DayFacts> {
  const [tally] = await ctx.storage.read.tallies({
    cube: 'day',
    account,
    from: today.start,
    to: today.start + 1,
    domains: [domain],
  })
  const counts: Counts | undefined = tally?.counts
  const of = (name: keyof Counts): number => counts?.[name] ?? 0
  const settled = {
    delivered: of('delivered'),
    bouncedHard: of('bouncedHard'),
    bouncedSoft: of('bouncedSoft'),
    dropped: of('dropped'),
  }
  return {
    limit,
    handedOver: of('handedOver'),
    settled: settledOf(settled),
    ...settled,
    invalid: of('invalid'),
    spamBounced: of('spamBounced'),
    complained: of('complained'),
    humanOpened: of('humanOpened'),
  }
}

const noteOf = (
  ctx: Context,
  record: { readonly account: string },
  domain: string,
  type: string,
  from: number,
  to: number,
  facts: DayFacts,
): Change => ({
  type: 'record.put',
  expect: 'absent',
  record: {
    kind: 'level-change',
    account: record.account,
    id: ctx.ids.next('record'),
    parent: domain,
    name: '',
    state: type,
    createdAt: ctx.clock.now(),
    data: { from, to, ...facts },
  },
})
