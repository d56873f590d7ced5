import type { Instant, Work } from '@mailwright/core'
import { compositeKey } from './composite-key.js'
import { createHeap, type Heap, type HeapItem } from './heap.js'

/** One row of work and where it stands. `row` is replaced, never changed. */
export interface WorkEntry extends HeapItem<WorkEntry> {
  row: Work
  /** When it was asked to run again while somebody held it. */
  rungAt: Instant | null
}

/** The work of one kind and lane. `claim` moves what has become due, or whose lease has ended, into `ready`. */
export interface LaneQueue {
  readonly waiting: Heap<WorkEntry>
  readonly leased: Heap<WorkEntry>
  readonly ready: Heap<WorkEntry>
}

export interface KindQueue {
  readonly lanes: Map<string, LaneQueue>
  readonly entries: Set<WorkEntry>
  readonly byParent: Map<string, Set<WorkEntry>>
}

export interface WorkTable {
  readonly byId: Map<string, WorkEntry>
  readonly byKey: Map<string, WorkEntry>
  readonly kinds: Map<string, KindQueue>
}

export const createWorkTable = (): WorkTable => ({ byId: new Map(), byKey: new Map(), kinds: new Map() })

/** The order of claims: (rank, dueAt, id). */
export const goesBefore = (a: WorkEntry, b: WorkEntry): boolean => {
  if (a.row.rank !== b.row.rank) return a.row.rank < b.row.rank
  if (a.row.dueAt !== b.row.dueAt) return a.row.dueAt < b.row.dueAt
  return a.row.id < b.row.id
}

const createLane = (): LaneQueue => ({
  waiting: createHeap((a, b) => a.row.dueAt < b.row.dueAt),
  leased: createHeap((a, b) => (a.row.leaseUntil ?? 0) < (b.row.leaseUntil ?? 0)),
  ready: createHeap(goesBefore),
})

const kindOf = (table: WorkTable, kind: string): KindQueue => {
  const found = table.kinds.get(kind)
  if (found !== undefined) return found
  const made: KindQueue = { lanes: new Map(), entries: new Set(), byParent: new Map() }
  table.kinds.set(kind, made)
  return made
}

/** Puts the entry where its row says it belongs: waiting while nobody holds it, else leased. */
export const file = (table: WorkTable, entry: WorkEntry): void => {
  const { lanes } = kindOf(table, entry.row.kind)
  let lane = lanes.get(entry.row.lane)
  if (lane === undefined) {
    lane = createLane()
    lanes.set(entry.row.lane, lane)
  }
  if (entry.row.token === null) lane.waiting.add(entry)
  else lane.leased.add(entry)
}

/** Replaces the row and files it anew. The row leaves its heap first, for the heap compares rows. */
export const replaceWork = (table: WorkTable, entry: WorkEntry, row: Work): void => {
  entry.heap?.remove(entry)
  entry.row = Object.freeze(row)
  file(table, entry)
}

export const insertWork = (table: WorkTable, row: Work): void => {
  const entry: WorkEntry = { row: Object.freeze(row), rungAt: null, heap: null, at: -1 }
  const kind = kindOf(table, row.kind)
  table.byId.set(row.id, entry)
  table.byKey.set(compositeKey(row.kind, row.key), entry)
  kind.entries.add(entry)
  const siblings = kind.byParent.get(row.parent)
  if (siblings === undefined) kind.byParent.set(row.parent, new Set([entry]))
  else siblings.add(entry)
  file(table, entry)
}

export const deleteWork = (table: WorkTable, entry: WorkEntry): void => {
  const { row } = entry
  const kind = kindOf(table, row.kind)
  const siblings = kind.byParent.get(row.parent)
  entry.heap?.remove(entry)
  table.byId.delete(row.id)
  table.byKey.delete(compositeKey(row.kind, row.key))
  kind.entries.delete(entry)
  siblings?.delete(entry)
  if (siblings?.size === 0) kind.byParent.delete(row.parent)
}
