import type { Claim, Work } from '@mailwright/core'
import type { SqlClient } from './client.js'
import type { Ripeness } from './ripeness.js'
import { textArray, toText } from './text.js'
import { toWork, type WorkSqlRow, workColumns } from './work-row.js'

type ClaimedRow = (WorkSqlRow | { readonly id: null }) & { readonly found: boolean }

const isWork = (row: ClaimedRow): row is WorkSqlRow & { readonly found: boolean } => row.id !== null

const byRank = (a: Work, b: Work): number =>
  a.rank - b.rank || a.dueAt - b.dueAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/**
 * Work that has fallen due since it was put is filed among the ready first; as long as there is some, nothing is claimed.
 * So the scan by rank meets no row that is not due, and ends after `limit` rows and those leased just now.
 */
export const claimVerb = (client: SqlClient, s: string, ripeness: Ripeness) => {
  const claimText = `
with later as materialized (
  select exists (select 1 from ${s}.work where not ready and kind = any($1::text[]) and due_at <= $2::int8) as found),
picked as (
  select w.id from unnest($1::text[]) as k(kind) cross join lateral (
    select id, rank, due_at from ${s}.work
    where kind = k.kind and ready and due_at <= $2::int8 and (token is null or lease_until <= $3::int8)
      and lane <> all($4::text[])
    order by rank, due_at, id limit $5::int8 for update skip locked) w
  where not (select found from later)
  order by w.rank, w.due_at, w.id limit $5::int8),
claimed as (
  update ${s}.work w set token = $6::text, lease_until = $7::int8, attempt = w.attempt + 1
  from picked where w.id = picked.id returning ${workColumns('w.')})
select later.found, claimed.* from later left join claimed on true`

  const ripenText = `
update ${s}.work set ready = true where id = any(array(
  select id from ${s}.work where not ready and kind = any($1::text[]) and due_at <= $2::int8 order by id for update))`

  return async (request: Claim): Promise<readonly Work[]> => {
    ripeness.learn(request.now)
    if (request.kinds.length === 0 || request.limit <= 0) return []
    const kinds = textArray([...new Set(request.kinds)])
    for (;;) {
      const rows = await client.query<ClaimedRow>(claimText, [
        kinds,
        request.now,
        request.expiredBefore,
        textArray(request.exceptLanes),
        request.limit,
        toText(request.token),
        request.leaseUntil,
      ])
      if (rows[0]?.found !== true) return rows.filter(isWork).map(toWork).sort(byRank)
      await client.query(ripenText, [kinds, request.now])
    }
  }
}
