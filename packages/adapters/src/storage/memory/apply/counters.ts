import { bookHits, type Change, type Outcome, type Refusal } from '@mailwright/core'
import type { Tables } from '../tables.js'
import { setRow, type Undo } from '../undo.js'

type Slot = Extract<Change, { type: 'slot' }>
type WindowTake = Extract<Change, { type: 'window.take' }>
type WindowBook = Extract<Change, { type: 'window.book' }>

/** Giving back more than was taken leaves the counter at 0: it must never make room that is not there. */
export const applySlot = (tables: Tables, change: Slot, undo: Undo): Refusal | null => {
  const taken = tables.slots.get(change.key) ?? 0
  if (change.by === 1 && taken >= change.limit) return { type: 'slot-full', key: change.key, limit: change.limit }
  setRow(tables.slots, change.key, Math.max(0, taken + change.by) || undefined, undo)
  return null
}

/** Hits later than `at` (from a process whose clock is ahead) count too, so that no window ever holds more than `limit`. */
export const takeWindow = (tables: Tables, change: WindowTake, undo: Undo): Refusal | null => {
  const since = change.at - change.windowMs
  const full: string[] = []
  for (const key of change.keys) {
    const hits = tables.windows.get(key) ?? []
    const within = hits.reduce((sum, [at, count]) => (at > since ? sum + count : sum), 0)
    if (within >= change.limit) full.push(key)
    else {
      // One window more is kept, for a clock that is behind.
      const recent = hits.filter(([at]) => at > since - change.windowMs)
      setRow(tables.windows, key, [...recent, [change.at, 1]], undo)
    }
  }
  return full.length === 0 ? null : { type: 'window-full', keys: [...new Set(full)] }
}

export const bookWindow = (tables: Tables, change: WindowBook): Outcome => {
  const { booked, hits } = bookHits(tables.windows.get(change.key) ?? [], change)
  if (hits.length === 0) tables.windows.delete(change.key)
  else tables.windows.set(change.key, hits)
  return booked
}
