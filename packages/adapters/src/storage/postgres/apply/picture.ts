import type { Bundle, Change, Guard, QuotaRow } from '@mailwright/core'
import type { SqlSession } from '../client.js'
import type { CounterTables, OnceRow, SlotRow, WindowRow } from './counters.js'
import { type Holds, readHolds } from './holds.js'
import { lockRecords, type RecordNeeds, type RecordShelves } from './records.js'
import type { Shelf } from './shelf.js'
import { lockWork, readEpochs, type WorkNeeds, type WorkShelf } from './work.js'

/** Every row that decides whether a bundle is applied, locked but for those that are looked at fleetingly. */
export interface Picture {
  readonly records: RecordShelves
  readonly holds: Holds
  readonly once: Shelf<OnceRow>
  readonly slots: Shelf<SlotRow>
  readonly windows: Shelf<WindowRow>
  readonly work: WorkShelf
  readonly epochs: ReadonlyMap<string, number>
  readonly quotas: Shelf<QuotaRow>
}

export interface Needs {
  readonly records: RecordNeeds
  readonly unheld: Set<string>
  readonly once: [string, string][]
  readonly slots: [string][]
  readonly windows: [string][]
  readonly work: WorkNeeds
  /** (kind, key) of all work that may be inserted. */
  readonly puts: { readonly kind: string; readonly key: string }[]
  readonly watched: Set<string>
  readonly quotas: [string, string][]
}

const noteGuard = (needs: Needs, guard: Guard): void => {
  switch (guard.type) {
    case 'present':
      needs.records[guard.fleeting ? 'fleeting' : 'shared'].add(guard.id)
      return
    case 'holder':
      needs.work.ids.add(guard.work)
      return
    case 'unheld':
      needs.records.exclusive.add(guard.ref)
      needs.unheld.add(guard.ref)
      return
    case 'once':
      needs.once.push([guard.account, guard.key])
      return
  }
}

const noteChange = (needs: Needs, change: Change): void => {
  switch (change.type) {
    case 'record.put':
      needs.records.exclusive.add(change.record.id)
      needs.records.keys.push(...(change.keys ?? []))
      return
    case 'record.drop':
      needs.records.exclusive.add(change.id)
      return
    case 'hold':
      needs.records.shared.add(change.ref)
      return
    case 'slot':
      needs.slots.push([change.key])
      return
    case 'window.take':
      for (const key of change.keys) needs.windows.push([key])
      return
    case 'window.book':
      needs.windows.push([change.key])
      return
    case 'quota.take':
    case 'quota.return':
    case 'quota.raise':
    case 'quota.block':
      needs.quotas.push([change.scope, change.day])
      return
    case 'work.put':
      for (const { kind, key } of change.items)
        (change.sooner === true ? needs.work.rivals : needs.puts).push({ kind, key })
      return
    case 'settle':
      for (const { work } of change.items) if (work !== null) needs.puts.push({ kind: work.kind, key: work.key })
      for (const { work } of change.follow ?? []) needs.puts.push({ kind: work.kind, key: work.key })
      return
    case 'work.advance':
      needs.work.ids.add(change.id)
      for (const key of change.watch) needs.watched.add(key)
      return
    case 'work.release':
    case 'work.finish':
      for (const { id } of change.items) needs.work.ids.add(id)
      return
    case 'work.drop':
      needs.work.families.push({ kind: change.kind, parent: change.parent })
      return
    default:
      return
  }
}

export const needsOf = (bundles: readonly Bundle[]): Needs => {
  const needs: Needs = {
    records: { fleeting: new Set(), shared: new Set(), exclusive: new Set(), keys: [] },
    unheld: new Set(),
    once: [],
    slots: [],
    windows: [],
    work: { ids: new Set(), rivals: [], families: [] },
    puts: [],
    watched: new Set(),
    quotas: [],
  }
  for (const { guards, changes } of bundles) {
    for (const guard of guards) noteGuard(needs, guard)
    for (const change of changes) noteChange(needs, change)
  }
  // Where work is put and dropped in one call, whether a put had a rival cannot wait until it is inserted: it may be gone by then.
  if (needs.work.families.length > 0) needs.work.rivals.push(...needs.puts)
  return needs
}

/**
 * Locks family by family, each in the order of its keys, the most wanted rows (quotas) last. The statements go one behind the other without a wait for each:
 * the server carries them out in this order, and what is locked stays locked for two journeys, not for eight.
 */
export const takePicture = async (
  session: SqlSession,
  s: string,
  tables: CounterTables,
  needs: Needs,
): Promise<Picture> => {
  const [records, holds, once, slots, windows, work, epochs] = await Promise.all([
    lockRecords(session, s, needs.records),
    readHolds(session, s, needs.unheld),
    tables.once.lock(session, needs.once),
    tables.slots.lock(session, needs.slots),
    tables.windows.lock(session, needs.windows),
    lockWork(session, s, needs.work),
    readEpochs(session, s, needs.watched),
  ])
  // Work may take two statements, and quotas come after it.
  const quotas = await tables.quotas.lock(session, needs.quotas)
  return { records, holds, once, slots, windows, work, epochs, quotas }
}
