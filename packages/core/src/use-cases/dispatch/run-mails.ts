import { isSimulated } from '../../domain/delivery/index.js'
import type { Work } from '../../ports/rows.js'
import { blocksFor } from '../block-lookup.js'
import { ipsEpoch } from '../dedicated-ips/find-ip.js'
import { peopleEpoch } from '../people/person.js'
import { trackingEpoch } from '../tracking/tracking-settings.js'
import { accountTurn, atOnce } from './account-turn.js'
import { type Departures, departuresOf } from './departures.js'
import type { Engine } from './engine.js'
import { keepLeases, type LeaseKeeper } from './lease-keeper.js'
import { flyMail, release } from './mail-flight.js'
import { type OpenedMail, openMails } from './open-mails.js'

const SECOND = 1_000

/** Sends leased single mails: trigger and regular mail, and later attempts of any mail. */
export async function runMails(engine: Engine, works: readonly Work[]): Promise<void> {
  const accounts = [...new Set(works.map(({ account }) => account))]
  // From before the claim is opened, so that nothing changes unheard meanwhile.
  const watch = watching(engine, accounts.flatMap(watchedOf))
  try {
    await flyMails(engine, works, watch.changes)
  } finally {
    watch.end()
  }
}

/** What mail of an account is made of and held back by: after a change each mail looks again before it goes (REL-5). */
const watchedOf = (account: string): readonly string[] => [
  `blocks:${account}`,
  trackingEpoch(account),
  ipsEpoch(account),
  peopleEpoch(account),
]

/** Counts the changes that this process hears of. */
function watching(engine: Engine, keys: readonly string[]) {
  let changes = 0
  const end = engine.watch(keys, () => {
    changes += 1
  })
  return { changes: () => changes, end }
}

async function flyMails(engine: Engine, works: readonly Work[], changes: () => number): Promise<void> {
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
  const epochs = await ipEpochs(engine, opened)
  await Promise.all(
    [...groups.values()].map((group) => {
      const epoch = epochs.get(group[0]?.work.account ?? '') ?? 0
      return flyGroup(engine, group, { epoch, leases, changes })
    }),
  ).finally(() => leases.stop())
}

/** How far the dedicated IPs of the accounts have changed; asked only where mail may leave from one at all. */
async function ipEpochs({ ctx, ips }: Engine, opened: readonly OpenedMail[]): Promise<ReadonlyMap<string, number>> {
  const accounts = [...new Set(opened.map(({ work }) => work.account))]
  if (!ips.active || accounts.length === 0) return new Map()
  const epochs = await ctx.storage.read.epochs(accounts.map(ipsEpoch))
  return new Map(accounts.map((account, at) => [account, epochs[at] ?? 0]))
}

async function flyGroup(
  engine: Engine,
  group: readonly OpenedMail[],
  { epoch, leases, changes }: { readonly epoch: number; readonly leases: LeaseKeeper; readonly changes: () => number },
): Promise<void> {
  const [first] = group
  if (!first) return
  const { ctx } = engine
  const tasks = new Set(group.flatMap(({ task }) => task?.id ?? []))
  const { account } = first.work
  const ofTasks = watching(
    engine,
    [...tasks].map((id) => `task:${id}`),
  )
  const { now, later } = paced(engine, group)
  for (const { one, dueAt } of later) release(engine, one, dueAt)
  const departures = await departuresOf(engine, {
    account,
    domain: first.domainId,
    messages: now.filter(isReal).map(({ work }) => work.key),
    epoch,
    batch: false,
  })
  try {
    const mail = { account, senderDomain: first.mail.domainName, trigger: first.trigger }
    const keys = group.map((one) => one.mail.message.recipientKey)
    const day = { scope: first.domainId, day: first.today.day }
    const [blockOf, quota] = await Promise.all([blocksFor(ctx, mail, keys), ctx.storage.read.quota(day)])
    const known = {
      blockOf,
      blockedToday: quota?.blocked ?? false,
      changes: () => changes() + ofTasks.changes(),
      departures,
    }
    const fly = async (one: OpenedMail) => {
      const turn = isPaced(one) ? accountTurn(engine, account) : atOnce
      // Without a connection in hand, so that nobody else's mail is held up by it (ACC-5).
      await turn.wait()
      await flyMail(engine, one, { ...known, turn }, leases)
        .catch((error: unknown) => engine.quarantine.failed(one.work, error))
        .finally(() => leases.done(one.work.id))
    }
    const going = await departing(engine, now, departures)
    await Promise.all(going.map(fly))
  } finally {
    ofTasks.end()
    await departures.close()
  }
}

/** What the rate of its dedicated IPs lets go now; the rest is given back and comes again. */
async function departing(
  engine: Engine,
  group: readonly OpenedMail[],
  departures: Departures,
): Promise<readonly OpenedMail[]> {
  await departures.plan()
  await Promise.all(group.map(({ work }) => departures.waitForPace(work.key)))
  const held = group.map((one) => ({ one, until: departures.heldUntil(one.work.key) }))
  for (const { one, until } of held) if (until > 0) release(engine, one, until)
  return held.flatMap(({ one, until }) => (until > 0 ? [] : [one]))
}

const isReal = ({ mail }: OpenedMail): boolean => !isSimulated(mail.recipientDomain)

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
