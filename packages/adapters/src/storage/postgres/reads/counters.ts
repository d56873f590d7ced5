import type { QuotaRow, StorageReads } from '@mailwright/core'
import type { SqlClient } from '../client.js'
import { textArray } from '../text.js'
import { gathered } from './gathered.js'
import { tallies } from './tallies.js'

type CounterReads = Pick<StorageReads, 'quota' | 'tallies' | 'epochs'>

type Asked = Parameters<StorageReads['quota']>[0]

const quotas =
  (client: SqlClient, s: string) =>
  async (asked: readonly Asked[]): Promise<readonly (QuotaRow | null)[]> => {
    const rows = await client.query<QuotaRow>(
      `select scope, day, granted, ceiling, blocked from ${s}.quota where scope = any($1::text[]) and day = any($2::text[])`,
      [textArray([...new Set(asked.map(({ scope }) => scope))]), textArray([...new Set(asked.map(({ day }) => day))])],
    )
    return asked.map(({ scope, day }) => rows.find((row) => row.scope === scope && row.day === day) ?? null)
  }

export const counterReads = (client: SqlClient, s: string): CounterReads => ({
  quota: gathered(quotas(client, s)),
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
