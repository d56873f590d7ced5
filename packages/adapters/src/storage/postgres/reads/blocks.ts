import type { BlockRow, StorageReads } from '@mailwright/core'
import type { Param, SqlSession } from '../client.js'
import { textArray, toText } from '../text.js'
import { gathered } from './gathered.js'
import { oneByOne } from './one-by-one.js'
import { fromCursor, pageOf } from './page.js'

type BlockReads = Pick<StorageReads, 'blocks' | 'blocksPage'>

interface BlockSqlRow {
  readonly kind: BlockRow['kind']
  readonly account: string
  readonly key: string
  readonly scope: string
  readonly starts_at: number
  readonly ends_at: number | null
  readonly reason: string
  readonly created_at: number
}

const columns = 'kind, account, key, scope, starts_at, ends_at, reason, created_at'

/** The greatest int8: an end that never comes. */
const NEVER = '9223372036854775807'

const toBlock = (row: BlockSqlRow): BlockRow => ({
  kind: row.kind,
  account: row.account,
  key: row.key,
  scope: row.scope,
  startsAt: row.starts_at,
  endsAt: row.ends_at,
  reason: row.reason,
  createdAt: row.created_at,
})

/** Each asks for its own keys. */
const blocksOf =
  (session: SqlSession, s: string) =>
  async (asked: readonly (readonly string[])[]): Promise<readonly (readonly BlockRow[])[]> => {
    const rows = await session.query<BlockSqlRow>(
      `select ${columns} from unnest($1::text[]) as k(wanted) cross join lateral (
         select * from ${s}.block where key = k.wanted ${oneByOne}) b`,
      [textArray([...new Set(asked.flat())])],
    )
    const blocks = rows.map(toBlock)
    return asked.map((keys) => {
      const own = new Set(keys)
      return blocks.filter(({ key }) => own.has(key))
    })
  }

export const blockReads = (session: SqlSession, s: string): BlockReads => {
  const gatheredBlocks = gathered(blocksOf(session, s))
  return {
    blocks: async (keys) => (keys.length === 0 ? [] : gatheredBlocks(keys)),
    blocksPage: async (filter) => {
      const params: Param[] = [toText(filter.account), toText(filter.kind), filter.limit + 1]
      const add = (param: Param): string => `$${params.push(param)}`
      const where = ['account = $1::text', 'kind = $2::text']
      if (filter.scope !== undefined) where.push(`scope = ${add(toText(filter.scope))}::text`)
      if (filter.contains !== undefined) where.push(`strpos(key, ${add(toText(filter.contains))}::text) > 0`)
      const within = (column: string, from: number | undefined, to: number | undefined): void => {
        if (from !== undefined) where.push(`${column} >= ${add(from)}::int8`)
        if (to !== undefined) where.push(`${column} < ${add(to)}::int8`)
      }
      within('created_at', filter.from, filter.to)
      within('starts_at', filter.startsFrom, filter.startsTo)
      within(`coalesce(ends_at, ${NEVER})`, filter.endsFrom, filter.endsTo)
      if (filter.cursor !== undefined) {
        const [key, scope] = fromCursor<[string, string]>(filter.cursor, ['string', 'string'])
        where.push(`(key, scope) > (${add(toText(key))}::text, ${add(toText(scope))}::text)`)
      }
      const rows = await session.query<BlockSqlRow>(
        `select ${columns} from ${s}.block where ${where.join(' and ')}
       order by key, scope limit $3::int8`,
        params,
      )
      return pageOf(rows.map(toBlock), filter.limit, (row) => [row.key, row.scope])
    },
  }
}
