import type { Work } from '../ports/rows.js'
import type { WorkKind } from '../use-cases/context.js'
import type { Engine } from '../use-cases/dispatch/engine.js'
import { runChunk } from '../use-cases/dispatch/run-chunk.js'
import { runMails } from '../use-cases/dispatch/run-mails.js'
import { pumpDomain } from '../use-cases/pump-domain.js'
import { startRun } from '../use-cases/start-run.js'

/** One kind of attention: what it claims, how much at once, and what it does with it. */
export interface Loop {
  readonly name: string
  readonly kinds: readonly WorkKind[]
  /** Works per claim. */
  readonly limit: number
  /** Claims being worked on at once. */
  readonly atOnce: number
  handle(works: readonly Work[]): Promise<void>
}

/** Single mail, retries and control have loops of their own, so that a batch of a million holds none of them up (ACC-5). */
export function loopsOf(engine: Engine): readonly Loop[] {
  const { ctx } = engine
  const control = async (works: readonly Work[]) => {
    for (const work of works) await (work.kind === 'start' ? startRun(ctx, work) : pumpDomain(ctx, work))
  }
  return [
    { name: 'control', kinds: ['start', 'pump'], limit: 8, atOnce: 2, handle: control },
    { name: 'single', kinds: ['send'], limit: 100, atOnce: 2, handle: (works) => runMails(engine, works) },
    {
      name: 'retry',
      kinds: ['retry', 'postponed', 'straggler'],
      limit: 100,
      atOnce: 1,
      handle: (works) => runMails(engine, works),
    },
    {
      name: 'batch',
      kinds: ['chunk'],
      limit: 1,
      atOnce: 4,
      handle: (works) => all(works, (work) => runChunk(engine, work)),
    },
  ]
}

async function all(works: readonly Work[], handle: (work: Work) => Promise<void>): Promise<void> {
  await Promise.all(works.map(handle))
}
