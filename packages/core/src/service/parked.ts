import type { Instant } from '../ports/clock.js'
import type { Context } from '../use-cases/context.js'
import { parkedWork, releaseParked } from '../use-cases/quarantine/parked-work.js'

/** One work row that was set aside. */
export interface ParkedWork {
  readonly work: string
  /** `send`, `chunk`, `callback` …: what would be done. */
  readonly kind: string
  readonly account: string
  readonly why: string
  readonly since: Instant
  /** When it is tried again by itself. */
  readonly until: Instant
}

/** For the operator, of all accounts: what `doctor()` names as WORK_PARKED. */
export interface Parked {
  list(): Promise<readonly ParkedWork[]>
  /** Once what was wrong is mended: all of it, or one, is tried again at once. Answers how many were. */
  release(work?: string): Promise<number>
}

export const parkedOf = (ctx: Context): Parked => ({
  async list() {
    const rows: ParkedWork[] = []
    for await (const { account, createdAt, data } of parkedWork(ctx)) {
      const { work, kind, why, until } = data
      rows.push({ work, kind, account, why, since: createdAt, until })
    }
    return rows
  },
  async release(work) {
    let released = 0
    for await (const record of parkedWork(ctx))
      if ((work === undefined || record.data.work === work) && (await releaseParked(ctx, record))) released += 1
    return released
  },
})
