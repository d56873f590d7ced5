import type { Claim, Instant, Work } from '@mailwright/core'
import { changeWork, file, goesBefore, type LaneQueue, type WorkEntry, type WorkTable } from './work-table.js'

const isFree = (entry: WorkEntry, now: Instant, expiredBefore: Instant): boolean =>
  entry.row.token === null ? entry.row.dueAt <= now : (entry.row.leaseUntil ?? 0) <= expiredBefore

/** Moves what has become free into `ready`. Each row moves once, so waiting work costs a claim nothing. */
const ripen = (lane: LaneQueue, now: Instant, expiredBefore: Instant): void => {
  for (const from of [lane.waiting, lane.leased]) {
    for (let entry = from.first(); entry !== undefined && isFree(entry, now, expiredBefore); entry = from.first()) {
      from.remove(entry)
      lane.ready.add(entry)
    }
  }
}

const openLanes = (table: WorkTable, request: Claim): LaneQueue[] => {
  const except = new Set(request.exceptLanes)
  const open: LaneQueue[] = []
  for (const kind of new Set(request.kinds)) {
    for (const [name, lane] of table.kinds.get(kind)?.lanes ?? []) {
      if (except.has(name)) continue
      ripen(lane, request.now, request.expiredBefore)
      if (lane.ready.items.length > 0) open.push(lane)
    }
  }
  return open
}

const firstOf = (lanes: readonly LaneQueue[]): WorkEntry | undefined => {
  let best: WorkEntry | undefined
  for (const lane of lanes) {
    const first = lane.ready.first()
    if (first !== undefined && (best === undefined || goesBefore(first, best))) best = first
  }
  return best
}

/** Leases up to `limit` free rows in the order (rank, dueAt, id). Costs lanes × limit, not the number of rows. */
export const claimWork = (table: WorkTable, request: Claim): readonly Work[] => {
  const lanes = openLanes(table, request)
  const claimed: Work[] = []
  while (claimed.length < request.limit) {
    const entry = firstOf(lanes)
    if (entry === undefined) break
    if (!isFree(entry, request.now, request.expiredBefore)) {
      // Another process, whose clock is ahead, made it ready; for this one it is not due yet.
      entry.heap?.remove(entry)
      file(table, entry)
      continue
    }
    const { token, leaseUntil } = request
    changeWork(table, entry, { token, leaseUntil, attempt: entry.row.attempt + 1 })
    claimed.push({ ...entry.row })
  }
  return claimed
}
