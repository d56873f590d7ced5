import { isErased } from '../../domain/address/index.js'
import { Fact } from '../../domain/delivery/index.js'
import { BURST_MS, type Verdict, type Visit, visitVerdict } from '../../domain/tracking/index.js'
import type { Instant } from '../../ports/clock.js'
import type { Counter } from '../../ports/counters.js'
import type { MessageRow } from '../../ports/rows.js'
import type { Context } from '../context.js'
import { type Arrival, arrivedWork } from '../ingest/arrivals.js'
import type { KnownMail, MailHappening } from '../record-event.js'

export type ArrivedVisit = Extract<Arrival, { kind: Visit['kind'] }>

/** An open or a click, judged by what is known of its mail now (TRK-3). */
export async function visitHappening(
  ctx: Context,
  key: string,
  arrival: ArrivedVisit,
  { message, domainName }: KnownMail,
): Promise<MailHappening> {
  const { kind, at, userAgent, link, number, source } = arrival
  const clicks = kind === 'click' ? await clicksOn(ctx, message, at) : []
  // Whoever reports a visit has taken the mail, whatever is known of that by now: the order of its reports must not matter (STA-2).
  const facts = source === undefined ? message.facts : message.facts | Fact.delivered
  const verdict = visitVerdict(arrival, { facts, lastAt: message.lastAt, clicks })
  const from = source === undefined ? {} : { source }
  const whose = { verdict: verdict.by, ...(verdict.why === null ? {} : { why: verdict.why }), ...from }
  return {
    message,
    domainName,
    key,
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
