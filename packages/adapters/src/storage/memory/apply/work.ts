import type { Change, NewWork, Outcome, Work } from '@mailwright/core'
import type { Tables } from '../tables.js'
import { changeWork, deleteWork, insertWork, kindOf, type WorkEntry } from '../work-table.js'

type Advance = Extract<Change, { type: 'work.advance' }>
type Release = Extract<Change, { type: 'work.release' }>
type Finish = Extract<Change, { type: 'work.finish' }>

const ring = (tables: Tables, entry: WorkEntry, at: number): void => {
  if (entry.row.token !== null) entry.rungAt = Math.min(entry.rungAt ?? at, at)
  else if (at < entry.row.dueAt) changeWork(tables.work, entry, { dueAt: at })
}

// Written out: a spread costs ten times as much, and a chunk's outcome may bring one row for each mail.
const newRow = (item: NewWork): Work => ({
  id: item.id,
  kind: item.kind,
  key: item.key,
  account: item.account,
  parent: item.parent,
  lane: item.lane,
  rank: item.rank,
  dueAt: item.dueAt,
  token: null,
  leaseUntil: null,
  startedThrough: 0,
  attempt: 0,
  ref: item.ref,
})

/** Inserts the row unless it has a rival; answers whether it was inserted. */
export const putWork = (tables: Tables, item: NewWork, sooner: boolean): boolean => {
  const rival = kindOf(tables.work, item.kind).byKey.get(item.key)
  if (rival !== undefined && sooner) ring(tables, rival, item.dueAt)
  if (rival !== undefined || tables.work.byId.has(item.id)) return false
  insertWork(tables.work, newRow(item))
  return true
}

export const applyAdvance = (tables: Tables, change: Advance): Outcome => {
  const entry = tables.work.byId.get(change.id)
  const held = entry?.row.token === change.token
  if (entry !== undefined && held) {
    const { row } = entry
    // Two flushes of one holder may arrive in any order: neither takes back what the other said.
    changeWork(tables.work, entry, {
      startedThrough: Math.max(row.startedThrough, change.startedThrough),
      leaseUntil: Math.max(row.leaseUntil ?? 0, change.leaseUntil),
    })
  }
  return { type: 'advanced', held, epochs: change.watch.map((key) => tables.epochs.get(key) ?? 0) }
}

const giveBack = (tables: Tables, entry: WorkEntry, change: Partial<Work>): void => {
  entry.rungAt = null
  changeWork(tables.work, entry, { ...change, token: null, leaseUntil: null, startedThrough: 0 })
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
    else giveBack(tables, entry, { dueAt: entry.rungAt })
  })
  return { type: 'bulk', lost }
}

export const dropWork = (tables: Tables, kind: string, parent: string): void => {
  for (const entry of [...(tables.work.kinds.get(kind)?.byParent.get(parent) ?? [])]) deleteWork(tables.work, entry)
}
