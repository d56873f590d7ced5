import type { Change, RecipientRow } from '@mailwright/core'
import { compositeKey } from '../composite-key.js'
import { type Generation, kept, type Tables } from '../tables.js'

type Append = Extract<Change, { type: 'recipients.append' }>
type Drop = Extract<Change, { type: 'recipients.drop' }>

export const generationKey = (group: string, generation: number): string => compositeKey(group, String(generation))

/** A place that is taken keeps its row: rows never change once written. */
export const appendRecipients = (tables: Tables, change: Append): void => {
  const generation = kept(tables.generations, generationKey(change.group, change.generation), () => ({
    lanes: new Map(),
    keys: new Map(),
  }))
  for (const row of change.rows) {
    const lane = kept(generation.lanes, row.lane, (): RecipientRow[] => [])
    if (lane[row.seq] !== undefined) continue
    lane[row.seq] = Object.freeze({ ...row, values: Object.freeze([...row.values]) })
    generation.keys.set(row.key, (generation.keys.get(row.key) ?? 0) + 1)
  }
}

const forgetKeys = (generation: Generation, rows: readonly RecipientRow[]): void => {
  for (const { key } of rows.filter((row) => row !== undefined)) {
    const left = (generation.keys.get(key) ?? 0) - 1
    if (left > 0) generation.keys.set(key, left)
    else generation.keys.delete(key)
  }
}

type Erase = Extract<Change, { type: 'recipients.erase' }>

/** Rows keep their places, so that chunks which are under way count as before. */
export const eraseRecipients = (tables: Tables, { group, generation, key, tombstone }: Erase): void => {
  const found = tables.generations.get(generationKey(group, generation))
  const count = found?.keys.get(key)
  if (found === undefined || count === undefined) return
  for (const rows of found.lanes.values())
    rows.forEach((row, seq) => {
      if (row.key !== key) return
      const values = Object.freeze(row.values.map(() => ''))
      rows[seq] = Object.freeze({ ...row, mailbox: tombstone, key: tombstone, values })
    })
  found.keys.delete(key)
  found.keys.set(tombstone, (found.keys.get(tombstone) ?? 0) + count)
}

export const dropRecipients = (tables: Tables, change: Drop): void => {
  const key = generationKey(change.group, change.generation)
  const generation = tables.generations.get(key)
  if (generation === undefined) return
  if (change.from === undefined) {
    tables.generations.delete(key)
    return
  }
  const from = new Map(Object.entries(change.from))
  for (const [name, rows] of generation.lanes) {
    forgetKeys(generation, rows.splice(from.get(name) ?? 0))
    if (rows.length === 0) generation.lanes.delete(name)
  }
}
