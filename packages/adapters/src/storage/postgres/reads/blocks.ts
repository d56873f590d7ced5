import type { BlockRow, StorageReads } from '@mailwright/core'
import type { Param, SqlSession } from '../client.js'
import { textArray, toText } from '../text.js'
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

export const blockReads = (session: SqlSession, s: string): BlockReads => ({
  blocks: async (keys) => {
    if (keys.length === 0) return []
    const rows = await session.query<BlockSqlRow>(`select ${columns} from ${s}.block where key = any($1::text[])`, [
      textArray([...new Set(keys)]),
    ])
    return rows.map(toBlock)
  },
  blocksPage: async (filter) => {
    const params: Param[] = [toText(filter.account), toText(filter.kind), filter.limit + 1]
    let after = ''
    if (filter.cursor !== undefined) {
      const [key, scope] = fromCursor<[string, string]>(filter.cursor, ['string', 'string'])
      params.push(toText(key), toText(scope))
      after = 'and (key, scope) > ($4::text, $5::text)'
    }
    const rows = await session.query<BlockSqlRow>(
      `select ${columns} from ${s}.block where account = $1::text and kind = $2::text ${after}
       order by key, scope limit $3::int8`,
      params,
    )
    return pageOf(rows.map(toBlock), filter.limit, (row) => [row.key, row.scope])
  },
})
