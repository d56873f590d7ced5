import type { QuotaRow, StorageReads } from '@mailwright/core'
import type { SqlClient } from '../client.js'
import { textArray, toText } from '../text.js'
import { tallies } from './tallies.js'

type CounterReads = Pick<StorageReads, 'quota' | 'tallies' | 'epochs'>

export const counterReads = (client: SqlClient, s: string): CounterReads => ({
  quota: async ({ scope, day }) => {
    const [row] = await client.query<QuotaRow>(
      `select scope, day, granted, ceiling, blocked from ${s}.quota where scope = $1::text and day = $2::text`,
      [toText(scope), toText(day)],
    )
    return row ?? null
  },
  tallies: (filter) => tallies(client, s, filter),
  epochs: async (keys) => {
    const rows = await client.query<{ key: string; count: number }>(
      `select key, count from ${s}.epoch where key = any($1::text[])`,
      [textArray(keys)],
    )
    const counts = new Map(rows.map(({ key, count }) => [key, count]))
    return keys.map((key) => counts.get(key) ?? 0)
  },
})
