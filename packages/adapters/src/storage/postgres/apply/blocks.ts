import type { BlockRow } from '@mailwright/core'
import type { SqlSession } from '../client.js'
import { toJsonRows } from '../text.js'
import { compositeKey } from './shelf.js'

export type BlockId = Pick<BlockRow, 'kind' | 'account' | 'scope' | 'key'>

/** One step, in the order of the changes. `wanted` answers whether the observation that brings it has won. */
export interface BlockStep {
  readonly id: BlockId
  /** null: the row goes. */
  readonly row: BlockRow | null
  readonly wanted: () => boolean
}

/** The later row replaces the former of the same id whole. */
export const writeBlocks = async (session: SqlSession, s: string, steps: readonly BlockStep[]): Promise<void> => {
  const last = new Map<string, BlockStep>()
  for (const step of steps)
    if (step.wanted()) last.set(compositeKey(step.id.account, step.id.kind, step.id.key, step.id.scope), step)
  const gone: BlockId[] = []
  const put: object[] = []
  for (const { id, row } of last.values()) {
    if (row === null) gone.push({ account: id.account, kind: id.kind, key: id.key, scope: id.scope })
    else
      put.push({
        account: row.account,
        kind: row.kind,
        key: row.key,
        scope: row.scope,
        starts_at: row.startsAt,
        ends_at: row.endsAt,
        reason: row.reason,
        created_at: row.createdAt,
      })
  }
  if (gone.length > 0)
    await session.query(
      `delete from ${s}.block where (account, kind, key, scope) in (
         select b.account, b.kind, b.key, b.scope from ${s}.block b
         join json_to_recordset($1::json) as x(account text, kind text, key text, scope text) using (account, kind, key, scope)
         order by 1, 2, 3, 4 for update of b)`,
      [toJsonRows(gone)],
    )
  if (put.length > 0)
    await session.query(
      `insert into ${s}.block (account, kind, key, scope, starts_at, ends_at, reason, created_at)
       select account, kind, key, scope, starts_at, ends_at, reason, created_at
       from json_to_recordset($1::json) as x(account text, kind text, key text, scope text, starts_at int8, ends_at int8,
         reason text, created_at int8)
       order by account collate "C", kind collate "C", key collate "C", scope collate "C"
       on conflict (account, kind, key, scope) do update set starts_at = excluded.starts_at, ends_at = excluded.ends_at,
         reason = excluded.reason, created_at = excluded.created_at`,
      [toJsonRows(put)],
    )
}
