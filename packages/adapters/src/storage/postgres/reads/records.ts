import type { RecordFilter, StorageReads } from '@mailwright/core'
import { type RecordSqlRow, recordColumns, toRecord } from '../apply/records.js'
import type { Param, SqlSession } from '../client.js'
import { textArray, toText } from '../text.js'
import { fromCursor, pageOf } from './page.js'

type RecordReads = Pick<StorageReads, 'record' | 'recordByKey' | 'records' | 'holds'>

const pageQuery = (s: string, filter: RecordFilter): { readonly text: string; readonly params: readonly Param[] } => {
  const params: Param[] = []
  const add = (param: Param): string => `$${params.push(param)}`
  const where = [`kind = ${add(toText(filter.kind))}::text`]
  if (filter.account !== undefined) where.push(`account = ${add(toText(filter.account))}::text`)
  if (filter.parent !== undefined) {
    where.push(`parent = ${add(toText(filter.parent))}::text`)
    if (filter.parent !== '') where.push(`parent <> ''`)
  }
  if (filter.name !== undefined) {
    where.push(`name = ${add(toText(filter.name))}::text`)
    if (filter.name !== '') where.push(`name <> ''`)
  }
  if (filter.states !== undefined) where.push(`state = any(${add(textArray(filter.states))}::text[])`)
  if (filter.from !== undefined) where.push(`created_at >= ${add(filter.from)}::int8`)
  if (filter.to !== undefined) where.push(`created_at < ${add(filter.to)}::int8`)
  const forward = filter.order === 'oldest'
  if (filter.cursor !== undefined) {
    const [createdAt, id] = fromCursor<[number, string]>(filter.cursor, ['number', 'string'])
    where.push(`(created_at, id) ${forward ? '>' : '<'} (${add(createdAt)}::int8, ${add(toText(id))}::text)`)
  }
  const way = forward ? 'asc' : 'desc'
  const text = `select ${recordColumns} from ${s}.record where ${where.join(' and ')}
    order by created_at ${way}, id ${way} limit ${add(filter.limit + 1)}::int8`
  return { text, params }
}

export const recordReads = (session: SqlSession, s: string): RecordReads => ({
  record: async ({ kind, account, id }) => {
    const [row] = await session.query<RecordSqlRow>(
      `select ${recordColumns} from ${s}.record where id = $1::text and kind = $2::text and account = $3::text`,
      [toText(id), toText(kind), toText(account)],
    )
    return row === undefined ? null : toRecord(row)
  },
  recordByKey: async ({ scope, key }) => {
    const [row] = await session.query<RecordSqlRow>(
      `select ${recordColumns} from ${s}.record where id = (
         select record from ${s}.record_key where scope = $1::text and key = $2::text)`,
      [toText(scope), toText(key)],
    )
    return row === undefined ? null : toRecord(row)
  },
  records: async (filter) => {
    const { text, params } = pageQuery(s, filter)
    const rows = await session.query<RecordSqlRow>(text, params)
    return pageOf(rows.map(toRecord), filter.limit, (row) => [row.createdAt, row.id])
  },
  holds: async (ref) => {
    const rows = await session.query<{ holder: string }>(
      `select holder from ${s}.hold where ref = $1::text order by ordinal limit 100`,
      [toText(ref)],
    )
    return rows.map(({ holder }) => holder)
  },
})
