import type { BlockRow } from '@mailwright/core'
import { compositeKey } from '../composite-key.js'
import { byKey } from '../sorted.js'
import { kept, type Tables } from '../tables.js'

type BlockId = Pick<BlockRow, 'kind' | 'account' | 'scope' | 'key'>

export const blockList = (kind: BlockRow['kind'], account: string): string => compositeKey(kind, account)
const idOf = (row: BlockId): string => compositeKey(row.kind, row.account, row.scope, row.key)

const endOf = ({ endsAt }: BlockRow): number => endsAt ?? Number.POSITIVE_INFINITY

/** The later call replaces the former row of the same id whole; with `unlessLater` only if its row ends later. */
export const putBlock = (tables: Tables, block: BlockRow, unlessLater: boolean): void => {
  const id = idOf(block)
  const row = Object.freeze({ ...block })
  const former = tables.blocks.get(id)
  if (former !== undefined) {
    if (!unlessLater || endOf(row) > endOf(former.row)) former.row = row
    return
  }
  const holder = { row }
  tables.blocks.set(id, holder)
  kept(tables.blocksOfKey, row.key, () => new Set()).add(holder)
  kept(tables.blockLists, blockList(row.kind, row.account), byKey<BlockRow>).add(holder)
}

export const dropBlock = (tables: Tables, block: BlockId): void => {
  const id = idOf(block)
  const holder = tables.blocks.get(id)
  if (holder === undefined) return
  tables.blocks.delete(id)
  tables.blockLists.get(blockList(block.kind, block.account))?.remove(holder)
  const sameKey = tables.blocksOfKey.get(block.key)
  sameKey?.delete(holder)
  if (sameKey?.size === 0) tables.blocksOfKey.delete(block.key)
}
