import { Fact } from '../../domain/delivery/index.js'
import type { Change } from '../../ports/changes.js'
import type { MessageRow, Work } from '../../ports/rows.js'
import { bundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import type { MailEvent } from '../mail-event.js'
import { pumpRing } from '../pump-ring.js'
import { domainNameOf, type KnownMail, type MailHappening, recordEvents } from '../record-event.js'
import { type ArrivedVisit, visitHappening } from '../tracking/visit-happening.js'
import { recordUnsubscribe } from '../unsubscribe.js'
import { type ArrivedWork, arrivalRef, arrivedWork } from './arrivals.js'
import { findByRequest } from './find-by-request.js'
import { mayGoTo } from './goes-to.js'
import { newsHappening } from './news-happening.js'
import { countUncorrelated } from './uncorrelated.js'

/** A mail's row is stored when its outcome is known, and a scanner looks while it is still being handed over; a worker may die in between. */
const AGAIN_MS = [1_000, 5_000, 30_000, 120_000, 600_000, 3_600_000]
/** Opens can raise a level (TSK-8); nobody waits for that by the second. */
const OPENS_DEBOUNCE_MS = 60_000
/** Bounces and complaints can block the day (TSK-10). */
const NEWS_DEBOUNCE_MS = 1_000

interface Found extends KnownMail {
  readonly arrived: ArrivedWork
}

/**
 * The one way in for whatever came back (DESIGN §5): judges and records it, as claimed, all in one bundle with the end of its work, under keys of its own, so that
 * repeating it changes nothing.
 */
export async function recordArrivals(ctx: Context, works: readonly Work[]): Promise<void> {
  const arrived = works.map(arrivedWork)
  const { found, absent } = await correlate(ctx, arrived)
  await lookAgain(ctx, absent)
  for (const { arrived: one, ...mail } of found)
    if (one.arrival.kind === 'unsubscribe') await recordUnsubscribe(ctx, mail, '', one.arrival, [finish([one])])
  const rest = found.filter(({ arrived: { arrival } }) => arrival.kind !== 'unsubscribe')
  const { happened, strange } = await judge(ctx, rest)
  if (strange.length > 0) await lose(ctx, strange)
  const done = rest.filter(({ arrived: one }) => !strange.includes(one)).map((one) => one.arrived)
  const fresh = await recordEvents(ctx, happened, [finish(done), ...levelRings(ctx, happened)])
  for (const [index, one] of happened.entries()) if (fresh[index]) tell(ctx, one)
}

async function correlate(ctx: Context, arrived: readonly ArrivedWork[]) {
  const ids = [...new Set(arrived.map(({ message }) => message))].filter((id) => id !== '')
  const rows = ids.length === 0 ? [] : await ctx.storage.read.messages(ids)
  const byId = new Map(rows.map((row) => [row.id, row]))
  const names = new Map<string, Promise<string | null>>()
  const nameOf = (message: MessageRow) => {
    const known = names.get(message.senderDomain) ?? domainNameOf(ctx, message)
    names.set(message.senderDomain, known)
    return known
  }
  const byRequest = await findByRequest(
    ctx,
    arrived.filter(({ message }) => !byId.has(message)),
  )
  const found: Found[] = []
  const absent: ArrivedWork[] = []
  for (const one of arrived) {
    const message = byId.get(one.message) ?? byRequest.get(one)
    const domainName = message && (await nameOf(message))
    if (message && domainName) found.push({ arrived: one, message, domainName })
    else absent.push(one)
  }
  return { found, absent }
}

/** Each with what those before it have added, so that two reports of one bounce are told once. */
async function judge(ctx: Context, found: readonly Found[]) {
  const happened: MailHappening[] = []
  const strange: ArrivedWork[] = []
  const facts = new Map<string, number>()
  for (const { arrived, ...mail } of found) {
    const { arrival, work } = arrived
    if (arrival.kind === 'unsubscribe') continue
    const known = facts.get(mail.message.id) ?? mail.message.facts
    const one =
      arrival.kind === 'news'
        ? await newsHappening(ctx, work.key, arrival, mail, known)
        : isAnothers(arrival, mail.message)
          ? null
          : await visitHappening(ctx, work.key, arrival, mail)
    if (!one) strange.push(arrived)
    else {
      happened.push(one)
      facts.set(mail.message.id, known | one.facts)
    }
  }
  return { happened, strange }
}

/** A provider names somebody whom the mail did not go to. */
const isAnothers = ({ recipient = null }: ArrivedVisit, message: MessageRow): boolean =>
  recipient !== null && !mayGoTo(message, recipient)

const leaseOf = ({ work }: ArrivedWork) => ({ id: work.id, token: work.token ?? '' })
const finish = (done: readonly ArrivedWork[]): Change => ({ type: 'work.finish', items: done.map(leaseOf) })

/** What finds no mail is kept and looked at again; in the end it is counted as lost (DESIGN §3). */
async function lookAgain(ctx: Context, absent: readonly ArrivedWork[]): Promise<void> {
  const now = ctx.clock.now()
  const waits = (one: ArrivedWork) => (one.message === '' ? undefined : AGAIN_MS[one.tries])
  const bundles = absent.flatMap((one) => {
    const waitMs = waits(one)
    if (waitMs === undefined) return []
    const again = { ...leaseOf(one), dueAt: now + waitMs, ref: arrivalRef(one.arrival, one.tries + 1) }
    return [bundle([{ type: 'work.release', items: [again] }])]
  })
  if (bundles.length > 0) await ctx.storage.apply(bundles)
  const lost = absent.filter((one) => waits(one) === undefined)
  if (lost.length > 0) await lose(ctx, lost)
}

/** Of no mail of ours, or about somebody whom its mail did not go to. */
async function lose(ctx: Context, lost: readonly ArrivedWork[]): Promise<void> {
  const bundles = lost.map((one) => {
    ctx.logger.log('warn', 'lost-correlation', { kind: one.arrival.kind, message: one.message })
    const { id: work, token } = leaseOf(one)
    return bundle([countUncorrelated(ctx), finish([one])], [{ type: 'holder', work, token }])
  })
  await ctx.storage.apply(bundles)
}

/** One ring for each domain, as soon as the most urgent of its news wants it. */
const levelRings = (ctx: Context, happened: readonly MailHappening[]): readonly Change[] => {
  const visits = Fact.opened | Fact.humanOpened | Fact.clicked
  const domains = new Map<string, { readonly account: string; readonly afterMs: number }>()
  for (const { facts, message } of happened) {
    const isNews = (facts & ~visits) !== 0
    if (!isNews && (facts & Fact.humanOpened) === 0) continue
    const { account, senderDomain } = message
    const afterMs = isNews ? NEWS_DEBOUNCE_MS : (domains.get(senderDomain)?.afterMs ?? OPENS_DEBOUNCE_MS)
    domains.set(senderDomain, { account, afterMs })
  }
  const now = ctx.clock.now()
  return [...domains].map(([id, { account, afterMs }]) => pumpRing(account, id, now + afterMs))
}

const told: Readonly<Record<string, MailEvent['type']>> = {
  delivered: 'delivered',
  deferred: 'deferred',
  bounced: 'bounced',
  dropped: 'dropped',
  complaint: 'complained',
}

/** Listeners of this process hear what callbacks hear. */
function tell(ctx: Context, { message, kind, at, notice, noticeDetail }: MailHappening): void {
  const type = told[kind]
  if (type === undefined || notice === null) return
  ctx.emit({
    type,
    account: message.account,
    message: message.id,
    task: message.task || null,
    recipient: message.mailbox,
    at,
    reason: String(noticeDetail?.reason ?? ''),
  })
}
