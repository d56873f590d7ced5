import { allStates } from '../all-states.js'
import { checkLedger } from '../ledger.js'
import { asAHost } from './as-a-host.js'
import type { Report } from './scenario.js'
import type { Shop } from './shop.js'

const DAY = 86_400_000

export interface Judged {
  readonly faults: number
  /** Mails that one fault may double. */
  readonly perFault: number
  /** Only batches went out, so that the tasks' figures are everybody's. */
  readonly batchesOnly?: boolean
  readonly problems?: readonly string[]
  readonly notes?: readonly string[]
}

/** Taken when nothing is left to do: what arrived against what was promised, and every figure of the service against both. */
export async function verdictOn(shop: Shop, judged: Judged): Promise<Report> {
  const { mail, sink, tasks, promised } = shop
  const { faults, perFault, batchesOnly = true } = judged
  const views = await Promise.all(tasks.map((id) => asAHost(() => mail.tasks.get(id))))
  const sum = (of: (view: (typeof views)[number]) => number) => views.reduce((total, view) => total + of(view), 0)
  const now = shop.now()
  const { items } = await mail.statistics.sending({ from: now - 2 * DAY, to: now + 2 * DAY })
  const counted = (name: keyof (typeof items)[number]['counts']) =>
    items.reduce((total, { counts }) => total + counts[name], 0)
  const verdict = checkLedger({
    acknowledged: promised,
    received: sink.copies,
    states: await allStates(mail),
    kills: faults,
    perKill: perFault,
    tallies: [
      {
        source: 'statistics',
        counts: { delivered: counted('delivered'), bounced: counted('bouncedHard') + counted('bouncedSoft') },
      },
      ...(batchesOnly
        ? [
            {
              source: 'tasks',
              counts: {
                delivered: sum((v) => v.delivered),
                bounced: sum((v) => v.bounced),
                failed: sum((v) => v.failed),
              },
            },
          ]
        : []),
    ],
  })
  const undone = views.flatMap(({ id, state, progress }) =>
    state === 'done' && progress === 1 ? [] : [`task ${id} is ${state} at ${progress}`],
  )
  const denied = verdict.denied.length > 0 ? [`arrived, but the service denies it: ${verdict.denied.length}`] : []
  return {
    faults,
    promises: promised.length,
    lost: verdict.lost.length,
    unexpected: verdict.unexpected.length,
    doubled: verdict.extraCopies,
    doubledAllowed: verdict.allowedCopies,
    problems: [...verdict.problems, ...undone, ...denied, ...(judged.problems ?? [])],
    notes: judged.notes ?? [],
  }
}
