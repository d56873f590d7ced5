import type { Claim, Work } from '@mailwright/core'
import type { SqlClient } from './client.js'
import type { Ripeness } from './ripeness.js'
import { textArray, toText } from './text.js'
import { toWork, type WorkSqlRow, workColumns } from './work-row.js'

const byRank = (a: Work, b: Work): number =>
  a.rank - b.rank || a.dueAt - b.dueAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** One statement; what it does stands in migrations/0002-claim.ts. */
export const claimVerb = (client: SqlClient, s: string, ripeness: Ripeness) => {
  const text = `select ${workColumns()} from ${s}.claim_work($1::text[], $2::int8, $3::int8, $4::text[], $5::int8, $6::text, $7::int8)`

  return async (request: Claim): Promise<readonly Work[]> => {
    ripeness.learn(request.now)
    if (request.kinds.length === 0 || request.limit <= 0) return []
    const rows = await client.query<WorkSqlRow>(text, [
      textArray([...new Set(request.kinds)]),
      request.now,
      request.expiredBefore,
      textArray(request.exceptLanes),
      request.limit,
      toText(request.token),
      request.leaseUntil,
    ])
    return rows.map(toWork).sort(byRank)
  }
}
