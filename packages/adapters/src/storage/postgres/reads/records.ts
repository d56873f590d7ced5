import type { RecordFilter, StorageReads } from '@mailwright/core'
import { type RecordSqlRow, recordColumns, toRecord } from '../apply/records.js'
import type { Param, SqlSession } from '../client.js'
import { textArray, toText } from '../text.js'
import { gathered } from './gathered.js'
import { oneByOne } from './one-by-one.js'
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

type ById = Parameters<StorageReads['record']>[0]
type ByKey = Parameters<StorageReads['recordByKey']>[0]

const byId =
  (session: SqlSession, s: string) =>
  async (asked: readonly ById[]): Promise<readonly (RecordSqlRow | undefined)[]> => {
    const rows = await session.query<RecordSqlRow>(
      `select ${recordColumns} from unnest($1::text[]) as k(wanted) cross join lateral (
         select * from ${s}.record where id = k.wanted ${oneByOne}) r`,
      [textArray([...new Set(asked.map(({ id }) => id))])],
    )
    const found = new Map(rows.map((row) => [row.id, row]))
    return asked.map(({ kind, account, id }) => {
      const row = found.get(id)
      return row?.kind === kind && row.account === account ? row : undefined
    })
  }

const byKey =
  (session: SqlSession, s: string) =>
  async (asked: readonly ByKey[]): Promise<readonly (RecordSqlRow | undefined)[]> => {
    const rows = await session.query<RecordSqlRow & { readonly at: number }>(
      `select k.at, ${recordColumns} from unnest($1::text[], $2::text[]) with ordinality as k(scope, key, at)
         cross join lateral (select r.* from ${s}.record_key f join ${s}.record r on r.id = f.record
           where f.scope = k.scope and f.key = k.key ${oneByOne}) r`,
      [textArray(asked.map(({ scope }) => scope)), textArray(asked.map(({ key }) => key))],
    )
    const found = new Map(rows.map((row) => [row.at, row]))
    return asked.map((_, index) => found.get(index + 1))
  }

export const recordReads = (session: SqlSession, s: string): RecordReads => {
  const rowById = gathered(byId(session, s))
  const rowByKey = gathered(byKey(session, s))
  // Read one by one: a row that cannot be read is its caller's trouble only.
  const read = (row: RecordSqlRow | undefined) => (row === undefined ? null : toRecord(row))
  return {
    record: async (asked) => read(await rowById(asked)),
    recordByKey: async (asked) => read(await rowByKey(asked)),
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
  }
}
