import type { Work } from '../../ports/rows.js'
import { blocksFor } from '../block-lookup.js'
import type { Engine } from './engine.js'
import { flyMail } from './mail-flight.js'
import { type OpenedMail, openMails } from './open-mails.js'

/** Sends leased single mails: trigger and regular mail, and later attempts of any mail. */
export async function runMails(engine: Engine, works: readonly Work[]): Promise<void> {
  const opened = await openMails(engine, works)
  const groups = new Map<string, OpenedMail[]>()
  for (const one of opened) {
    const key = JSON.stringify([one.work.account, one.mail.domainName, one.trigger])
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  await Promise.all([...groups.values()].map((group) => flyGroup(engine, group)))
}

async function flyGroup(engine: Engine, group: readonly OpenedMail[]): Promise<void> {
  const [first] = group
  if (!first) return
  const { ctx } = engine
  const mail = { account: first.work.account, senderDomain: first.mail.domainName, trigger: first.trigger }
  const blockOf = await blocksFor(
    ctx,
    mail,
    group.map((one) => one.mail.message.recipientKey),
  )
  const quota = await ctx.storage.read.quota({ scope: first.domainId, day: first.today.day })
  await pace(engine, mail.account, group.filter(({ work }) => work.kind === 'send').length)
  await Promise.all(group.map((one) => flyMail(engine, one, blockOf, quota?.blocked ?? false)))
}

/** `accountPerSecond` paces the hand-over of trigger and regular mail, a chunk of tokens at a time (TRG-3). */
async function pace({ ctx, signal }: Engine, account: string, count: number): Promise<void> {
  const perSecond = ctx.policy.accountPerSecond
  if (perSecond === null || !ctx.limiter) return
  for (let left = count; left > 0; left -= perSecond) {
    await ctx.limiter.take({ key: `account:${account}`, perSecond, count: Math.min(left, perSecond) }, signal)
  }
}
