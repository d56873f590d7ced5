import { bundle, tryBundle } from '../use-cases/apply-bundle.js'
import type { Context, WorkKind } from '../use-cases/context.js'

/** Every worker leaves a trace this often, and every accepting process looks for one. */
const EVERY_MS = 30_000
const TRACE = 'workers'
const MAIL: readonly WorkKind[] = ['send', 'retry', 'postponed', 'straggler', 'chunk', 'start', 'pump']

/** Notices that mail is due while no worker of any process is alive: the launch that stalls in silence. Needs no timer. */
export interface DrainWatch {
  /** A worker of this process is alive. Writes at most every 30 s. */
  beat(): void
  /** Called whenever work is put; looks at most every 30 s. */
  look(): void
  /** How long mail has been due without any trace of a worker; 0 while all is well. */
  overdueMs(): Promise<number>
}

export function createDrainWatch(ctx: Context): DrainWatch {
  const after = ctx.policy.stalledAfterSeconds * 1_000
  let beatAt = 0
  let lookedAt = ctx.clock.now()
  let trace = -1
  let seenAt = 0

  const overdueMs = async (): Promise<number> => {
    const now = ctx.clock.now()
    const [count = 0] = await ctx.storage.read.epochs([TRACE])
    if (count !== trace) {
      trace = count
      seenAt = now
    }
    const due = await ctx.storage.read.nextDue({ kinds: MAIL, takeoverMs: 0 })
    const overdue = due === null ? 0 : now - due
    return now - seenAt >= after && overdue >= after ? overdue : 0
  }
  const failed = (error: unknown) => ctx.logger.log('warn', 'drain-watch-failed', { error })

  return {
    overdueMs,
    beat() {
      const now = ctx.clock.now()
      if (now - beatAt < EVERY_MS) return
      beatAt = now
      tryBundle(ctx, bundle([{ type: 'epoch.bump', keys: [TRACE] }])).catch(failed)
    },
    look() {
      const now = ctx.clock.now()
      if (now - lookedAt < EVERY_MS) return
      lookedAt = now
      overdueMs().then((overdue) => {
        if (overdue === 0) return
        ctx.logger.log('error', 'mail-waits-for-a-worker', { overdueMs: overdue })
        ctx.emit({ type: 'stalled', at: now, overdueMs: overdue })
      }, failed)
    },
  }
}
