import type { QuotaRow, StorageReads } from '@mailwright/core'
import type { SqlClient } from '../client.js'
import { textArray } from '../text.js'
import { gathered } from './gathered.js'
import { oneByOne } from './one-by-one.js'
import { tallies } from './tallies.js'

type CounterReads = Pick<StorageReads, 'quota' | 'tallies' | 'epochs'>

type Asked = Parameters<StorageReads['quota']>[0]

const quotas =
  (client: SqlClient, s: string) =>
  async (asked: readonly Asked[]): Promise<readonly (QuotaRow | null)[]> => {
    const rows = await client.query<QuotaRow>(
      `select q.scope, q.day, granted, ceiling, blocked from (select distinct * from unnest($1::text[], $2::text[]) as u(scope, day)) k
         cross join lateral (select * from ${s}.quota where scope = k.scope and day = k.day ${oneByOne}) q`,
      [textArray(asked.map(({ scope }) => scope)), textArray(asked.map(({ day }) => day))],
    )
    return asked.map(({ scope, day }) => rows.find((row) => row.scope === scope && row.day === day) ?? null)
  }

export const counterReads = (client: SqlClient, s: string): CounterReads => ({
  quota: gathered(quotas(client, s)),
  tallies: (filter) => tallies(client, s, filter),
  epochs: async (keys) => {
    const rows = await client.query<{ key: string; count: number }>(
      `select key, count from unnest($1::text[]) as k(wanted)
         cross join lateral (select key, count from ${s}.epoch where key = k.wanted ${oneByOne}) e`,
      [textArray([...new Set(keys)])],
    )
    const counts = new Map(rows.map(({ key, count }) => [key, count]))
    return keys.map((key) => counts.get(key) ?? 0)
  },
})
