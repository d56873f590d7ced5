import { isSimulated } from '../../domain/delivery/index.js'
import type { Change } from '../../ports/changes.js'
import type { Work } from '../../ports/rows.js'
import { blocksFor } from '../block-lookup.js'
import { chunkJson, PARKED } from '../chunk-work.js'
import { batchMail } from '../compose-mail.js'
import { ipsEpoch } from '../dedicated-ips/find-ip.js'
import { pumpRing } from '../pump-ring.js'
import { ChunkFlight } from './chunk-flight.js'
import { departuresOf } from './departures.js'
import type { Engine } from './engine.js'
import { entry } from './flusher.js'
import { type OpenedChunk, openChunk, watchOf } from './open-chunk.js'
import { domainOfKey } from './outgoing.js'

/**
 * Sends one chunk: opens it, starts its rows in order as far as window, budget and connections allow, waits for the answers, and
 * finishes or gives back the work row. Resolves when everything it learned is handed to the flusher.
 */
export async function runChunk(engine: Engine, work: Work): Promise<void> {
  const { ctx, flusher } = engine
  const lease = { id: work.id, token: work.token ?? '' }
  const opened = await openChunk(ctx, work)
  if (!opened) {
    flusher.add(entry({ finish: lease, also: [pumpRing(work.account, await domainOf(engine, work), ctx.clock.now())] }))
    return
  }
  const [mail, blockOf, departures] = await Promise.all([
    compose(engine, opened),
    blocksOf(engine, opened),
    departing(engine, opened),
  ])
  const flight = new ChunkFlight(engine, work, opened, mail, blockOf, departures)
  try {
    await flight.fly()
  } finally {
    flight.land()
    await departures.close()
  }
  settleWork(engine, lease, opened, flight)
}

const compose = (engine: Engine, { run, halt }: OpenedChunk) => (halt ? null : batchMail(engine.ctx, run))

function departing(engine: Engine, { run, rows, epochs }: OpenedChunk) {
  const epoch = epochs[watchOf(run).indexOf(ipsEpoch(run.account))] ?? 0
  const real = rows.filter(({ recipient }) => !isSimulated(domainOfKey(recipient.key)))
  const messages = real.map(({ id }) => id)
  return departuresOf(engine, { account: run.account, domain: run.data.domain, messages, epoch, batch: true })
}

function blocksOf({ ctx }: Engine, { run, rows }: OpenedChunk) {
  const mail = { account: run.account, senderDomain: run.data.domainName, trigger: false }
  return blocksFor(
    ctx,
    mail,
    rows.map(({ recipient }) => recipient.key),
  )
}

async function domainOf({ ctx }: Engine, work: Work): Promise<string> {
  const run = await ctx.storage.read.record({ kind: 'run', account: work.account, id: work.parent })
  return run?.parent ?? ''
}

/** What becomes of the work row and of allowance that was not used. */
function settleWork(
  engine: Engine,
  lease: { readonly id: string; readonly token: string },
  opened: OpenedChunk,
  flight: ChunkFlight,
): void {
  const { ctx, flusher, route } = engine
  const now = ctx.clock.now()
  const { today, run } = opened
  const ref = { ...opened.ref, partial: true }
  const granted = ref.quotaDay === today.day
  const left = flight.left.length
  // What may have left has used its allowance, for all we know.
  const unused = flight.left.filter(({ mayHaveLeft }) => !mayHaveLeft).length
  const back = unused > 0 && granted ? { scope: run.data.domain, day: today.day, count: unused, lease } : null
  const ring: Change = pumpRing(run.account, run.data.domain, now)
  const release = (dueAt: number, quotaDay = ref.quotaDay) => ({
    ...lease,
    dueAt,
    ref: chunkJson({ ...ref, quotaDay }),
  })
  // Rows beyond today's grant share the work row: kept for today it would let them go without one.
  const giveBack = (dueAt: number) =>
    opened.beyond > 0
      ? entry({ release: release(dueAt, ''), quotaReturn: back, also: [ring] })
      : entry({ release: release(dueAt) })
  const halt = flight.halt
  switch (halt?.type) {
    case 'lease-lost':
      return
    case 'cancelled':
      // Rung by the cancel itself, a finished row may come back as it was, and would give its grant back once more (TSK-6).
      if (back) flusher.add(entry({ release: release(now, ''), quotaReturn: back }))
      else flusher.add(entry({ finish: lease, also: [ring] }))
      break
    case 'paused':
      flusher.add(entry({ release: release(PARKED, ''), quotaReturn: back, also: [ring] }))
      break
    case 'blocked': {
      if (granted) flight.failLeft('DOMAIN_BLOCKED_TODAY')
      const cached = !granted || opened.beyond > 0
      flusher.add(entry({ also: [ring], ...(cached ? { release: release(today.end, '') } : { finish: lease }) }))
      break
    }
    case 'no-grant':
      flusher.add(entry({ release: release(halt.until, ''), also: [ring] }))
      break
    case 'lane':
    case 'route':
      flusher.add(giveBack(halt.until))
      break
    case 'day-over':
      flusher.add(entry({ release: release(now), also: [ring] }))
      break
    case 'stopping':
      flusher.add(giveBack(now))
      break
    case undefined:
      if (left > 0) flusher.add(giveBack(Math.max(now + 1_000, route.closedUntil(now))))
      else if (opened.beyond > 0) flusher.add(entry({ release: release(today.end, ''), also: [ring] }))
      else flusher.add(entry({ finish: lease, also: [ring] }))
      break
    default:
      halt satisfies never
  }
}
