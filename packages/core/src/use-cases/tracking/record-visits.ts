import { isErased } from '../../domain/address/index.js'
import { Fact } from '../../domain/delivery/index.js'
import { quarterBucket } from '../../domain/statistics/index.js'
import { BURST_MS, type Verdict, type Visit, visitVerdict } from '../../domain/tracking/index.js'
import type { Change } from '../../ports/changes.js'
import type { Instant } from '../../ports/clock.js'
import type { Counter } from '../../ports/counters.js'
import type { MessageRow, Work } from '../../ports/rows.js'
import { bundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { pumpRing } from '../pump-ring.js'
import { domainNameOf, type MailHappening, recordEvents } from '../record-event.js'
import { recordUnsubscribe } from '../unsubscribe.js'
import { type ArrivedWork, arrivalRef, arrivedWork } from './visit-work.js'

/** A mail's row is stored when its outcome is known, and a scanner looks while it is still being handed over; a worker may die in between. */
const AGAIN_MS = [1_000, 5_000, 30_000, 120_000, 600_000, 3_600_000]
/** Opens can raise a level (TSK-8); nobody waits for that by the second. */
const LEVEL_DEBOUNCE_MS = 60_000

interface Found {
  readonly arrived: ArrivedWork
  readonly message: MessageRow
  readonly domainName: string
}

/** Judges and records what came back, as claimed: all in one bundle with the end of its work, under keys of their own, so that repeating it changes nothing. */
export async function recordVisits(ctx: Context, works: readonly Work[]): Promise<void> {
  const arrived = works.map(arrivedWork)
  const rows = await ctx.storage.read.messages([...new Set(arrived.map(({ message }) => message))])
  const byId = new Map(rows.map((row) => [row.id, row]))
  const names = new Map<string, Promise<string | null>>()
  const nameOf = (message: MessageRow) => {
    const known = names.get(message.senderDomain) ?? domainNameOf(ctx, message)
    names.set(message.senderDomain, known)
    return known
  }
  const found: Found[] = []
  const absent: ArrivedWork[] = []
  for (const one of arrived) {
    const message = byId.get(one.message)
    const domainName = message && (await nameOf(message))
    if (message && domainName) found.push({ arrived: one, message, domainName })
    else absent.push(one)
  }
  await lookAgain(ctx, absent)
  for (const { arrived: one, ...mail } of found)
    if (one.arrival.kind === 'unsubscribe') await recordUnsubscribe(ctx, mail, '', one.arrival, [finish([one])])
  const happened = (await Promise.all(found.map((one) => happeningOf(ctx, one)))).flatMap((one) => one ?? [])
  const visits = found.filter(({ arrived: { arrival } }) => arrival.kind !== 'unsubscribe')
  await recordEvents(ctx, happened, [finish(visits.map((one) => one.arrived)), ...levelRings(ctx, happened)])
}

const finish = (done: readonly ArrivedWork[]): Change => ({
  type: 'work.finish',
  items: done.map(({ work }) => ({ id: work.id, token: work.token ?? '' })),
})

/** What finds no mail is kept and looked at again; in the end it is counted as lost (DESIGN §3). */
async function lookAgain(ctx: Context, absent: readonly ArrivedWork[]): Promise<void> {
  const now = ctx.clock.now()
  const bundles = absent.map((one) => {
    const { work, tries, arrival } = one
    const lease = { id: work.id, token: work.token ?? '' }
    const waitMs = AGAIN_MS[tries]
    if (waitMs !== undefined) {
      const again = { ...lease, dueAt: now + waitMs, ref: arrivalRef(arrival, tries + 1) }
      return bundle([{ type: 'work.release', items: [again] }])
    }
    ctx.logger.log('warn', 'lost-correlation', { kind: arrival.kind, message: one.message })
    const cell = {
      cube: 'sender',
      account: '',
      bucket: quarterBucket(now),
      domain: '',
      recipientDomain: '',
      template: '',
      task: '',
    } as const
    const lost: Change = { type: 'count', shard: ctx.shard, items: [{ cells: [cell], counter: 'uncorrelated', by: 1 }] }
    return bundle([lost, finish([one])], [{ type: 'holder', work: work.id, token: lease.token }])
  })
  if (bundles.length > 0) await ctx.storage.apply(bundles)
}

async function happeningOf(ctx: Context, { arrived, message, domainName }: Found): Promise<MailHappening | null> {
  const { arrival, work } = arrived
  if (arrival.kind === 'unsubscribe') return null
  const { kind, at, userAgent, link, number } = arrival
  const clicks = kind === 'click' ? await clicksOn(ctx, message, at) : []
  const verdict = visitVerdict(arrival, { facts: message.facts, lastAt: message.lastAt, clicks })
  const whose = { verdict: verdict.by, ...(verdict.why === null ? {} : { why: verdict.why }) }
  return {
    message,
    domainName,
    key: work.key,
    kind: verdict.by === 'human' ? kind : `machine-${kind}`,
    at,
    facts: factsOf(kind, verdict),
    raw: counterOf(kind, verdict),
    // Of an erased person nothing new is kept (GRP-8).
    detail: isErased(message.mailbox) ? whose : { ...whose, userAgent, ...(kind === 'click' ? { link, number } : {}) },
    block: null,
    notice: kind,
  }
}

/** A person who clicks has the mail open before him. A machine that clicks has shown it to nobody. */
function factsOf(kind: Visit['kind'], { by }: Verdict): number {
  if (kind === 'open') return by === 'human' ? Fact.opened | Fact.humanOpened : Fact.opened
  return by === 'human' ? Fact.opened | Fact.humanOpened | Fact.clicked : 0
}

function counterOf(kind: Visit['kind'], { by }: Verdict): Counter {
  if (kind === 'open') return by === 'human' ? 'opens' : 'machineOpens'
  return by === 'human' ? 'clicks' : 'machineClicks'
}

/** Other clicks on the same mail at about that time, those recorded and those that wait, of all processes. */
async function clicksOn(ctx: Context, { account, id, recipientKey: person }: MessageRow, at: Instant) {
  const kinds = ['click', 'machine-click']
  const [from, to] = [at - BURST_MS, at + BURST_MS + 1]
  const [waiting, { items }] = await Promise.all([
    ctx.storage.read.works({ kind: 'track', parent: id }),
    ctx.storage.read.eventsPage({ account, kinds, person, from, to, limit: 100 }),
  ])
  const recorded = items.filter(({ message }) => message === id)
  return [
    ...waiting.map((work) => arrivedWork(work).arrival).flatMap((one) => (one.kind === 'click' ? [one] : [])),
    ...recorded.map((event) => ({ at: event.at, link: String(event.detail.link ?? '') })),
  ]
}

const levelRings = (ctx: Context, happened: readonly MailHappening[]): readonly Change[] => {
  const opened = happened.filter(({ facts }) => (facts & Fact.humanOpened) !== 0)
  const domains = new Map(opened.map(({ message: { account, senderDomain } }) => [senderDomain, account]))
  const dueAt = ctx.clock.now() + LEVEL_DEBOUNCE_MS
  return [...domains].map(([id, account]) => pumpRing(account, id, dueAt))
}
