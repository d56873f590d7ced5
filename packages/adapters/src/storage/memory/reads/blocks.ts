import type { BlockFilter, BlockRow, StorageReads } from '@mailwright/core'
import { blockList } from '../apply/blocks.js'
import type { Tables } from '../tables.js'
import { pageOf } from './page.js'

type BlockReads = Pick<StorageReads, 'blocks' | 'blocksPage'>

const isWithin = (at: number, from: number | undefined, to: number | undefined): boolean =>
  (from === undefined || at >= from) && (to === undefined || at < to)

const matcher =
  ({ scope, contains, from, to, startsFrom, startsTo, endsFrom, endsTo }: BlockFilter) =>
  (row: BlockRow): boolean =>
    (scope === undefined || row.scope === scope) &&
    (contains === undefined || row.key.includes(contains)) &&
    isWithin(row.createdAt, from, to) &&
    isWithin(row.startsAt, startsFrom, startsTo) &&
    isWithin(row.endsAt ?? Number.POSITIVE_INFINITY, endsFrom, endsTo)

export const blockReads = (tables: Tables): BlockReads => ({
  blocks: async (keys) => {
    const found: BlockRow[] = []
    for (const key of new Set(keys)) for (const { row } of tables.blocksOfKey.get(key) ?? []) found.push(row)
    return found
  },
  blocksPage: async (filter) =>
    pageOf(tables.blockLists.get(blockList(filter.kind, filter.account)), filter, 'oldest', matcher(filter)),
})
