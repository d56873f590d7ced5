import type { Change, Refusal } from '@mailwright/core'
import type { SqlSession, SqlTransaction } from '../client.js'
import { textArray, toJsonRows } from '../text.js'
import type { RecordShelves } from './records.js'
import { compositeKey, type Undo } from './shelf.js'

type Hold = Extract<Change, { type: 'hold' }>

interface HoldRow {
  readonly ref: string
  readonly holder: string
}

/** Who holds the records asked for, kept up to date while bundles are decided; and what to write. */
export interface Holds {
  readonly holders: Map<string, readonly string[]>
  /** In order; `ref` null: all that the holder has. */
  readonly steps: { readonly ref: string | null; readonly holder: string; readonly on: boolean }[]
}

/** The locks on the records held stand for the rows here. */
export const readHolds = async (session: SqlSession, s: string, refs: ReadonlySet<string>): Promise<Holds> => {
  const holders = new Map<string, string[]>()
  for (const ref of refs) holders.set(ref, [])
  if (refs.size > 0) {
    const rows = await session.query<HoldRow>(
      `select ref, holder from ${s}.hold where ref = any($1::text[]) order by ordinal`,
      [textArray([...refs])],
    )
    for (const row of rows) holders.get(row.ref)?.push(row.holder)
  }
  return { holders, steps: [] }
}

export const checkUnheld = ({ holders }: Holds, ref: string): Refusal | null => {
  const by = holders.get(ref) ?? []
  return by.length === 0 ? null : { type: 'held', ref, by: by.slice(0, 100) }
}

const setHolders = (holds: Holds, ref: string, list: readonly string[], undo: Undo): void => {
  const former = holds.holders.get(ref)
  if (former === undefined) return
  holds.holders.set(ref, list)
  undo.push(() => holds.holders.set(ref, former))
}

const note = (holds: Holds, ref: string | null, holder: string, on: boolean, undo: Undo): void => {
  holds.steps.push({ ref, holder, on })
  undo.push(() => holds.steps.pop())
}

export const setHold = (holds: Holds, shelves: RecordShelves, change: Hold, undo: Undo): Refusal | null => {
  const { ref, by, on } = change
  const row = shelves.records.get(ref)
  if (row === undefined || row.kind !== change.kind || row.account !== change.account)
    return { type: 'absent', id: ref }
  const former = holds.holders.get(ref) ?? []
  const others = former.filter((holder) => holder !== by)
  if (!on) setHolders(holds, ref, others, undo)
  else if (others.length === former.length) setHolders(holds, ref, [...former, by], undo)
  note(holds, ref, by, on, undo)
  return null
}

/** A record that goes holds nothing any more. */
export const endHoldsOf = (holds: Holds, holder: string, undo: Undo): void => {
  for (const [ref, list] of [...holds.holders])
    if (list.includes(holder))
      setHolders(
        holds,
        ref,
        list.filter((other) => other !== holder),
        undo,
      )
  note(holds, null, holder, false, undo)
}

export const writeHolds = (session: SqlTransaction, s: string, { steps }: Holds): void => {
  const gone = new Map<string, HoldRow>()
  const fresh = new Map<string, HoldRow>()
  const leavers = new Set<string>()
  for (const { ref, holder, on } of steps) {
    if (ref === null) {
      leavers.add(holder)
      for (const [key, row] of fresh) if (row.holder === holder) fresh.delete(key)
      continue
    }
    const key = compositeKey(ref, holder)
    if (on) fresh.set(key, { ref, holder })
    else {
      fresh.delete(key)
      gone.set(key, { ref, holder })
    }
  }
  if (leavers.size > 0) session.send(`delete from ${s}.hold where holder = any($1::text[])`, [textArray([...leavers])])
  if (gone.size > 0)
    session.send(
      `delete from ${s}.hold where (ref, holder) in
         (select ref, holder from json_to_recordset($1::json) as x(ref text, holder text))`,
      [toJsonRows([...gone.values()])],
    )
  if (fresh.size > 0)
    // The order of the changes is the order in which they began, so the ordinal is given before anything could sort.
    session.send(
      `insert into ${s}.hold (ref, holder) select ref, holder from json_to_recordset($1::json) as x(ref text, holder text)
       on conflict do nothing`,
      [toJsonRows([...fresh.values()])],
    )
}
