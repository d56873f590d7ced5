import type { Instant } from '../../ports/clock.js'
import type { Work } from '../../ports/rows.js'
import type { Engine } from './engine.js'
import type { ChunkControl } from './flusher.js'

/** Nothing is started within this time of a lease's end. */
export const LEASE_MARGIN_MS = 5_000

/** Keeps the leases of one claim of single mails for as long as they are on their way, by one timer for all. */
export interface LeaseKeeper {
  /** Whether the mail is still ours for long enough to be started. */
  mayStart(work: string, now: Instant): boolean
  /** Stores that the mail is about to be started, so that a later holder knows that it may have left. */
  starting(work: string): Promise<void>
  /** Its result is handed over; the lease ends with it. */
  done(work: string): void
  stop(): void
}

export function keepLeases({ ctx, flusher }: Engine, works: readonly Work[]): LeaseKeeper {
  const leases = new Map(works.map((work) => [work.id, leaseOf(work)]))
  let cancel = () => {}
  const renew = () => {
    cancel = ctx.after(ctx.policy.leaseMs / 3, () => {
      for (const { control } of leases.values()) void flusher.renew(control)
      renew()
    })
  }
  renew()
  return {
    mayStart: (work, now) => now < (leases.get(work)?.until() ?? 0) - LEASE_MARGIN_MS,
    async starting(work) {
      const lease = leases.get(work)
      if (!lease) return
      lease.start()
      await flusher.renew(lease.control)
    },
    done: (work) => leases.delete(work),
    stop: () => cancel(),
  }
}

function leaseOf(work: Work) {
  let until = work.leaseUntil ?? 0
  let started = 0
  const control: ChunkControl = {
    id: work.id,
    token: work.token ?? '',
    watch: [],
    startedThrough: () => started,
    advanced(held, _epochs, _startedThrough, leaseUntil) {
      until = held ? leaseUntil : 0
    },
  }
  const start = () => {
    started = 1
  }
  return { control, start, until: () => until }
}
