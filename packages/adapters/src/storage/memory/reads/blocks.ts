import type { BlockRow, StorageReads } from '@mailwright/core'
import { blockList } from '../apply/blocks.js'
import type { Tables } from '../tables.js'
import { pageOf } from './page.js'

type BlockReads = Pick<StorageReads, 'blocks' | 'blocksPage'>

export const blockReads = (tables: Tables): BlockReads => ({
  blocks: async (keys) => {
    const found: BlockRow[] = []
    for (const key of new Set(keys)) for (const { row } of tables.blocksOfKey.get(key) ?? []) found.push(row)
    return found
  },
  blocksPage: async (filter) =>
    pageOf(tables.blockLists.get(blockList(filter.kind, filter.account)), filter, 'oldest', () => true),
})
