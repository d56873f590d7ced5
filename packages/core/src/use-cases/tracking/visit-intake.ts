import type { NewWork } from '../../ports/rows.js'
import { bundle } from '../apply-bundle.js'
import type { Context } from '../context.js'

/** Takes what came back and stores it. */
export interface VisitIntake {
  /** Resolves when it is stored, or after a quarter of a second: a reader is not kept waiting for a storage that is slow or away. */
  add(work: NewWork): Promise<void>
  /** Resolves when everything added so far is stored or given up. */
  drained(): Promise<void>
}

/** Rows per apply, and how many may wait in memory while the storage is away. */
const MOST = 250
const WAITING_MAX = 10_000
const PATIENCE_MS = 250

interface Waiting {
  readonly work: NewWork
  readonly done: () => void
}

/** Arrivals that come close together share one `apply`. While the storage is away they wait in memory, up to 10,000 of them. */
export function createVisitIntake(ctx: Context): VisitIntake {
  let waiting: Waiting[] = []
  let running: Promise<void> | null = null

  const run = async () => {
    for (let backoffMs = 100; waiting.length > 0; ) {
      const taken = waiting.slice(0, MOST)
      try {
        await ctx.storage.apply([bundle([{ type: 'work.put', items: taken.map(({ work }) => work) }])])
      } catch (error) {
        ctx.logger.log('error', 'visits-not-stored', {
          items: waiting.length,
          retryMs: backoffMs,
          error,
        })
        const again = backoffMs
        await new Promise<void>((resolve) => ctx.after(again, resolve))
        backoffMs = Math.min(5_000, backoffMs * 2)
        continue
      }
      waiting = waiting.slice(taken.length)
      backoffMs = 100
      for (const { done } of taken) done()
      ctx.ring('track')
    }
    running = null
  }

  return {
    add(work) {
      if (waiting.length >= WAITING_MAX) {
        ctx.logger.log('error', 'visit-dropped', { waiting: waiting.length })
        return Promise.resolve()
      }
      return new Promise((resolve) => {
        const end = ctx.after(PATIENCE_MS, resolve)
        const done = () => {
          end()
          resolve()
        }
        waiting.push({ work, done })
        // Those of this turn of the event loop go together.
        running ??= Promise.resolve().then(run)
      })
    },
    async drained() {
      while (running) await running
    },
  }
}
