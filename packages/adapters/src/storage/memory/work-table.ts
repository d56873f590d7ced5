import type { Instant, Work } from '@mailwright/core'
import { createHeap, type Heap, type HeapItem } from './heap.js'

/** One row of work and where it stands. The row is changed in place and handed out as a copy. */
export interface WorkEntry extends HeapItem<WorkEntry> {
  readonly row: { -readonly [K in keyof Work]: Work[K] }
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
  readonly byKey: Map<string, WorkEntry>
  readonly entries: Set<WorkEntry>
  readonly byParent: Map<string, Set<WorkEntry>>
}

export interface WorkTable {
  readonly byId: Map<string, WorkEntry>
  readonly kinds: Map<string, KindQueue>
}

export const createWorkTable = (): WorkTable => ({ byId: new Map(), kinds: new Map() })

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

export const kindOf = (table: WorkTable, kind: string): KindQueue => {
  const found = table.kinds.get(kind)
  if (found !== undefined) return found
  const made: KindQueue = { lanes: new Map(), byKey: new Map(), entries: new Set(), byParent: new Map() }
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

/** Changes the row and files it anew. The row leaves its heap first, for the heap compares rows. */
export const changeWork = (table: WorkTable, entry: WorkEntry, change: Partial<Work>): void => {
  entry.heap?.remove(entry)
  Object.assign(entry.row, change)
  file(table, entry)
}

export const insertWork = (table: WorkTable, row: WorkEntry['row']): void => {
  const entry: WorkEntry = { row, rungAt: null, heap: null, at: -1 }
  const kind = kindOf(table, row.kind)
  table.byId.set(row.id, entry)
  kind.byKey.set(row.key, entry)
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
  kind.byKey.delete(row.key)
  kind.entries.delete(entry)
  siblings?.delete(entry)
  if (siblings?.size === 0) kind.byParent.delete(row.parent)
}
