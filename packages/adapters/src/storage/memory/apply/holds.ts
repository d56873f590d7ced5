import type { Change, Refusal } from '@mailwright/core'
import type { Tables } from '../tables.js'
import { setRow, type Undo } from '../undo.js'

type Hold = Extract<Change, { type: 'hold' }>

const without = (list: readonly string[], item: string): readonly string[] | undefined => {
  const rest = list.filter((other) => other !== item)
  return rest.length === 0 ? undefined : rest
}

export const endHold = (tables: Tables, ref: string, by: string, undo: Undo): void => {
  setRow(tables.holders, ref, without(tables.holders.get(ref) ?? [], by), undo)
  setRow(tables.holdings, by, without(tables.holdings.get(by) ?? [], ref), undo)
}

export const applyHold = (tables: Tables, change: Hold, undo: Undo): Refusal | null => {
  const { ref, by } = change
  const row = tables.records.get(ref)?.row
  if (row === undefined || row.kind !== change.kind || row.account !== change.account)
    return { type: 'absent', id: ref }
  const holders = tables.holders.get(ref) ?? []
  if (holders.includes(by) === change.on) return null
  if (!change.on) {
    endHold(tables, ref, by, undo)
    return null
  }
  setRow(tables.holders, ref, [...holders, by], undo)
  setRow(tables.holdings, by, [...(tables.holdings.get(by) ?? []), ref], undo)
  return null
}
