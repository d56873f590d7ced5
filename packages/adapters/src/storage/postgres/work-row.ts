import type { Work } from '@mailwright/core'
import { storedObject } from './stored-json.js'

/** A row of the table work; `ref` stays JSON text until somebody asks for it. */
export interface WorkSqlRow {
  readonly id: string
  readonly kind: string
  readonly key: string
  readonly account: string
  readonly parent: string
  readonly lane: string
  readonly rank: number
  readonly due_at: number
  readonly token: string | null
  readonly lease_until: number | null
  readonly started_through: number
  readonly attempt: number
  readonly rung_at: number | null
  readonly ref: string
}

const columns = [
  'id',
  'kind',
  'key',
  'account',
  'parent',
  'lane',
  'rank',
  'due_at',
  'token',
  'lease_until',
  'started_through',
  'attempt',
  'rung_at',
  'ref',
]

export const workColumns = (prefix = ''): string => columns.map((name) => prefix + name).join(', ')

export const toWork = (row: WorkSqlRow): Work => {
  const { value: ref, damage } = storedObject(row.ref)
  return {
    id: row.id,
    kind: row.kind,
    key: row.key,
    account: row.account,
    parent: row.parent,
    lane: row.lane,
    rank: row.rank,
    dueAt: row.due_at,
    token: row.token,
    leaseUntil: row.lease_until,
    startedThrough: row.started_through,
    attempt: row.attempt,
    ref,
    ...(damage === undefined ? {} : { damage }),
  }
}
