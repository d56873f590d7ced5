import type { Change, NewWork, Outcome, Work } from '@mailwright/core'
import { compositeKey } from '../composite-key.js'
import type { Tables } from '../tables.js'
import { deleteWork, insertWork, replaceWork, type WorkEntry } from '../work-table.js'

type Advance = Extract<Change, { type: 'work.advance' }>
type Release = Extract<Change, { type: 'work.release' }>
type Finish = Extract<Change, { type: 'work.finish' }>

const ring = (tables: Tables, entry: WorkEntry, at: number): void => {
  if (entry.row.token !== null) entry.rungAt = Math.min(entry.rungAt ?? at, at)
  else if (at < entry.row.dueAt) replaceWork(tables.work, entry, { ...entry.row, dueAt: at })
}

/** Inserts the row unless it has a rival; answers whether it was inserted. */
export const putWork = (tables: Tables, item: NewWork, sooner: boolean): boolean => {
  const rival = tables.work.byKey.get(compositeKey(item.kind, item.key))
  if (rival !== undefined && sooner) ring(tables, rival, item.dueAt)
  if (rival !== undefined || tables.work.byId.has(item.id)) return false
  insertWork(tables.work, { ...item, token: null, leaseUntil: null, startedThrough: 0, attempt: 0 })
  return true
}

export const applyAdvance = (tables: Tables, change: Advance): Outcome => {
  const entry = tables.work.byId.get(change.id)
  const held = entry?.row.token === change.token
  if (entry !== undefined && held) {
    const { row } = entry
    // Two flushes of one holder may arrive in any order: neither takes back what the other said.
    replaceWork(tables.work, entry, {
      ...row,
      startedThrough: Math.max(row.startedThrough, change.startedThrough),
      leaseUntil: Math.max(row.leaseUntil ?? 0, change.leaseUntil),
    })
  }
  return { type: 'advanced', held, epochs: change.watch.map((key) => tables.epochs.get(key) ?? 0) }
}

const giveBack = (tables: Tables, entry: WorkEntry, row: Work): void => {
  entry.rungAt = null
  replaceWork(tables.work, entry, { ...row, token: null, leaseUntil: null, startedThrough: 0 })
}

export const applyRelease = (tables: Tables, change: Release): Outcome => {
  const lost: number[] = []
  change.items.forEach((item, index) => {
    const entry = tables.work.byId.get(item.id)
    if (entry === undefined || entry.row.token !== item.token) {
      lost.push(index)
      return
    }
    const { row } = entry
    giveBack(tables, entry, {
      ...row,
      dueAt: Math.min(item.dueAt, entry.rungAt ?? item.dueAt),
      lane: item.lane ?? row.lane,
      ref: item.ref ?? row.ref,
    })
  })
  return { type: 'bulk', lost }
}

export const applyFinish = (tables: Tables, change: Finish): Outcome => {
  const lost: number[] = []
  change.items.forEach((item, index) => {
    const entry = tables.work.byId.get(item.id)
    if (entry === undefined || entry.row.token !== item.token) lost.push(index)
    else if (entry.rungAt === null) deleteWork(tables.work, entry)
    else giveBack(tables, entry, { ...entry.row, dueAt: entry.rungAt })
  })
  return { type: 'bulk', lost }
}

export const dropWork = (tables: Tables, kind: string, parent: string): void => {
  for (const entry of [...(tables.work.kinds.get(kind)?.byParent.get(parent) ?? [])]) deleteWork(tables.work, entry)
}
