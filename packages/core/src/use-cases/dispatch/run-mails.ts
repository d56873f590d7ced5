import type { Work } from '../../ports/rows.js'
import { blocksFor } from '../block-lookup.js'
import type { Engine } from './engine.js'
import { keepLeases, type LeaseKeeper } from './lease-keeper.js'
import { flyMail, release } from './mail-flight.js'
import { type OpenedMail, openMails } from './open-mails.js'

const SECOND = 1_000

/** Sends leased single mails: trigger and regular mail, and later attempts of any mail. */
export async function runMails(engine: Engine, works: readonly Work[]): Promise<void> {
  const opened = await openMails(engine, works)
  const groups = new Map<string, OpenedMail[]>()
  for (const one of opened) {
    const key = JSON.stringify([one.work.account, one.mail.domainName, one.trigger])
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const leases = keepLeases(
    engine,
    opened.map(({ work }) => work),
  )
  await Promise.all([...groups.values()].map((group) => flyGroup(engine, group, leases))).finally(() => leases.stop())
}

async function flyGroup(engine: Engine, group: readonly OpenedMail[], leases: LeaseKeeper): Promise<void> {
  const [first] = group
  if (!first) return
  const { ctx } = engine
  let stale = false
  const tasks = new Set(group.flatMap(({ task }) => task?.id ?? []))
  const unwatch = engine.watch([`blocks:${first.work.account}`, ...[...tasks].map((id) => `task:${id}`)], () => {
    stale = true
  })
  const mail = { account: first.work.account, senderDomain: first.mail.domainName, trigger: first.trigger }
  const blockOf = await blocksFor(
    ctx,
    mail,
    group.map((one) => one.mail.message.recipientKey),
  )
  const quota = await ctx.storage.read.quota({ scope: first.domainId, day: first.today.day })
  const known = { blockOf, blockedToday: quota?.blocked ?? false, stale: () => stale }
  const fly = (one: OpenedMail) => flyMail(engine, one, known, leases).finally(() => leases.done(one.work.id))
  const { now, later } = paced(engine, group)
  for (const { one, dueAt } of later) release(engine, one, dueAt)
  await takeTokens(engine, mail.account, now.filter(isPaced).length)
  await Promise.all(now.map(fly)).finally(unwatch)
}

const isPaced = ({ work }: OpenedMail): boolean => work.kind === 'send'

/**
 * `accountPerSecond` paces the hand-over of trigger and regular mail (TRG-3): of one claim a second's worth goes, the rest is given back and falls
 * due second by second, so that nobody's lease runs out in the line and other accounts' mail is not held up by it (ACC-5).
 */
function paced({ ctx }: Engine, group: readonly OpenedMail[]) {
  const perSecond = ctx.limiter ? ctx.policy.accountPerSecond : null
  if (perSecond === null) return { now: group, later: [] }
  const inLine = group.filter(isPaced)
  const start = ctx.clock.now()
  const later = inLine
    .slice(perSecond)
    .map((one, index) => ({ one, dueAt: start + SECOND * (1 + Math.floor(index / perSecond)) }))
  return { now: [...group.filter((one) => !isPaced(one)), ...inLine.slice(0, perSecond)], later }
}

async function takeTokens({ ctx, signal }: Engine, account: string, count: number): Promise<void> {
  const perSecond = ctx.policy.accountPerSecond
  if (perSecond === null || !ctx.limiter || count === 0) return
  await ctx.limiter.take({ key: `account:${account}`, perSecond, count }, signal)
}
