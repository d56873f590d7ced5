import type { Instant } from '../ports/clock.js'
import type { Work } from '../ports/rows.js'
import { deliverWorks } from '../use-cases/callbacks/deliver/deliver-works.js'
import { type Delivery, rowLeaseMs } from '../use-cases/callbacks/deliver/delivery.js'
import type { WorkKind } from '../use-cases/context.js'
import type { Engine } from '../use-cases/dispatch/engine.js'
import { runChunk } from '../use-cases/dispatch/run-chunk.js'
import { runMails } from '../use-cases/dispatch/run-mails.js'
import { recordArrivals } from '../use-cases/ingest/record-arrivals.js'
import { pumpDomain } from '../use-cases/pump-domain.js'
import { isPassing, type Quarantine } from '../use-cases/quarantine/quarantine.js'
import { fireDue } from '../use-cases/schedule/fire-due.js'
import { runUpkeep } from '../use-cases/upkeep/run-upkeep.js'

/** What of a loop's work waits just now, though it is due. */
export interface Held {
  readonly all: boolean
  readonly lanes: readonly string[]
  /** When some of it may be claimed again; null: that will show. */
  readonly until: Instant | null
}

/** One kind of attention: what it claims, how much at once, and what it does with it. */
export interface Loop {
  readonly name: string
  readonly kinds: readonly WorkKind[]
  /** Works per claim. */
  readonly limit: number
  /** Claims being worked on at once. */
  readonly atOnce: number
  readonly leaseMs: number
  /** From one claim to the next at the least: what comes meanwhile is taken together. What comes after a pause is taken at once. */
  readonly gatherMs: number
  held(now: Instant): Held
  handle(works: readonly Work[]): Promise<void>
}

/** At 500 mails a second a claim for each two or three is most of what they cost. Whoever sends has his answer before, and the hand-over may take 250 ms. */
const SINGLE_GATHER_MS = 20

const NOTHING: Held = { all: false, lanes: [], until: null }

/** Single mail, retries and control have loops of their own, so that a batch of a million holds none of them up (ACC-5). */
export function loopsOf(engine: Engine, delivery: Delivery): readonly Loop[] {
  const { ctx, quarantine } = engine
  const { leaseMs } = ctx.policy
  const { lanes } = delivery
  // What hands no mail over is not stopped by a closed route.
  const inward = { leaseMs, gatherMs: 0, held: () => NOTHING }
  const mail = { leaseMs, gatherMs: 0, held: (now: Instant) => routeHeld(engine, now, []) }
  const control = async (works: readonly Work[]) => {
    try {
      await eachInTurn(quarantine, works, (work) =>
        work.kind === 'start' ? fireDue(ctx, work) : pumpDomain(ctx, work),
      )
    } finally {
      // What was rung while it was held is due now, and its bell was heard by nobody who could claim it.
      for (const kind of new Set(works.map((work) => work.kind))) ctx.ring(kind as WorkKind)
    }
  }
  const upkeep = (works: readonly Work[]) => eachInTurn(quarantine, works, (work) => runUpkeep(ctx, work))
  const track = async (works: readonly Work[]) => {
    try {
      await recordArrivals(ctx, works)
    } catch (error) {
      if (isPassing(error)) throw error
      // One of them is at fault, and all are recorded in one bundle: alone, the others get through.
      await eachInTurn(quarantine, works, (work) => recordArrivals(ctx, [work]))
    }
  }
  return [
    { name: 'upkeep', kinds: ['upkeep'], limit: 1, atOnce: 1, ...inward, handle: upkeep },
    { name: 'track', kinds: ['track'], limit: 250, atOnce: 1, ...inward, handle: track },
    { name: 'control', kinds: ['start', 'pump'], limit: 8, atOnce: 2, ...inward, handle: control },
    {
      name: 'single',
      kinds: ['send'],
      limit: 100,
      atOnce: 2,
      ...mail,
      gatherMs: SINGLE_GATHER_MS,
      handle: (works) => runMails(engine, works),
    },
    {
      name: 'retry',
      kinds: ['retry', 'postponed', 'straggler'],
      limit: 100,
      atOnce: 1,
      ...mail,
      handle: (works) => runMails(engine, works),
    },
    {
      name: 'batch',
      kinds: ['chunk'],
      limit: 1,
      atOnce: 4,
      ...mail,
      // A lane that rests for the shared pool does not for dedicated IPs: then each chunk looks for itself.
      held: (now) => routeHeld(engine, now, engine.ips.active ? [] : engine.route.pausedLanes(now)),
      handle: (works) => all(quarantine, works, (work) => runChunk(engine, work)),
    },
    {
      name: 'callback',
      kinds: ['callback'],
      // So many rows of one endpoint may come with one claim, and wait in its lane.
      limit: 8,
      atOnce: 64,
      leaseMs: rowLeaseMs(ctx),
      gatherMs: 0,
      held: (now) => ({ all: false, lanes: lanes.closed(now), until: lanes.opensAt(now) }),
      handle: (works) => deliverWorks(delivery, works, quarantine.failed),
    },
  ]
}

const routeHeld = ({ route }: Engine, now: Instant, lanes: readonly string[]): Held => ({
  all: route.closedUntil(now) > 0,
  lanes,
  until: route.opensAt(now),
})

/** One after the other. One that fails holds up none of the others. */
async function eachInTurn(
  quarantine: Quarantine,
  works: readonly Work[],
  handle: (work: Work) => Promise<void>,
): Promise<void> {
  for (const work of works) await handle(work).catch((error: unknown) => quarantine.failed(work, error))
}

async function all(
  quarantine: Quarantine,
  works: readonly Work[],
  handle: (work: Work) => Promise<void>,
): Promise<void> {
  await Promise.all(works.map((work) => handle(work).catch((error: unknown) => quarantine.failed(work, error))))
}
