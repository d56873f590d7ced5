import type { BlockRow } from '@mailwright/core'
import type { SqlTransaction } from '../client.js'
import { toJsonRows } from '../text.js'
import { compositeKey } from './shelf.js'

export type BlockId = Pick<BlockRow, 'kind' | 'account' | 'scope' | 'key'>

/** One step, in the order of the changes. `wanted` answers whether the observation that brings it has won. */
export interface BlockStep {
  readonly id: BlockId
  /** null: the row goes. */
  readonly row: BlockRow | null
  /** A stored row that ends as late or later stays. */
  readonly unlessLater: boolean
  readonly wanted: () => boolean
}

const endOf = ({ endsAt }: BlockRow): number => endsAt ?? Number.POSITIVE_INFINITY

/** The one step that both come to, if `next` follows `former` on the same id. */
const combined = (former: BlockStep | undefined, next: BlockStep): BlockStep => {
  if (former === undefined || next.row === null || !next.unlessLater) return next
  if (former.row === null) return { ...next, unlessLater: false }
  return { ...(endOf(next.row) > endOf(former.row) ? next : former), unlessLater: former.unlessLater }
}

export const writeBlocks = (session: SqlTransaction, s: string, steps: readonly BlockStep[]): void => {
  const last = new Map<string, BlockStep>()
  for (const step of steps) {
    if (!step.wanted()) continue
    const id = compositeKey(step.id.account, step.id.kind, step.id.key, step.id.scope)
    last.set(id, combined(last.get(id), step))
  }
  const gone: BlockId[] = []
  const put: BlockRow[] = []
  const putUnlessLater: BlockRow[] = []
  for (const { id, row, unlessLater } of last.values()) {
    if (row === null) gone.push(id)
    else (unlessLater ? putUnlessLater : put).push(row)
  }
  if (gone.length > 0) deleteBlocks(session, s, gone)
  if (put.length > 0) upsertBlocks(session, s, put, '')
  if (putUnlessLater.length > 0)
    upsertBlocks(
      session,
      s,
      putUnlessLater,
      'where block.ends_at is not null and (excluded.ends_at is null or excluded.ends_at > block.ends_at)',
    )
}

const deleteBlocks = (session: SqlTransaction, s: string, gone: readonly BlockId[]): void => {
  session.send(
    `delete from ${s}.block where (account, kind, key, scope) in (
       select b.account, b.kind, b.key, b.scope from ${s}.block b
       join json_to_recordset($1::json) as x(account text, kind text, key text, scope text) using (account, kind, key, scope)
       order by 1, 2, 3, 4 for update of b)`,
    [toJsonRows(gone.map(({ account, kind, key, scope }) => ({ account, kind, key, scope })))],
  )
}

const upsertBlocks = (session: SqlTransaction, s: string, put: readonly BlockRow[], unless: string): void => {
  const rows = put.map((row) => ({
    account: row.account,
    kind: row.kind,
    key: row.key,
    scope: row.scope,
    starts_at: row.startsAt,
    ends_at: row.endsAt,
    reason: row.reason,
    created_at: row.createdAt,
  }))
  session.send(
    `insert into ${s}.block (account, kind, key, scope, starts_at, ends_at, reason, created_at)
     select account, kind, key, scope, starts_at, ends_at, reason, created_at
     from json_to_recordset($1::json) as x(account text, kind text, key text, scope text, starts_at int8, ends_at int8,
       reason text, created_at int8)
     order by account collate "C", kind collate "C", key collate "C", scope collate "C"
     on conflict (account, kind, key, scope) do update set starts_at = excluded.starts_at, ends_at = excluded.ends_at,
       reason = excluded.reason, created_at = excluded.created_at ${unless}`,
    [toJsonRows(rows)],
  )
}
