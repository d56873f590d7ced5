import type { StorageReads } from '@mailwright/core'
import { generationKey } from '../apply/recipients.js'
import type { Tables } from '../tables.js'

type RecipientReads = Pick<StorageReads, 'recipients' | 'knownKeys'>

export const recipientReads = (tables: Tables): RecipientReads => ({
  recipients: async ({ group, generation, lane, from, to }) => {
    const rows = tables.generations.get(generationKey(group, generation))?.lanes.get(lane)
    // filter skips the gaps that rows of a cut-off import may have left.
    return rows === undefined || to <= from ? [] : rows.slice(Math.max(0, from), Math.max(0, to)).filter(() => true)
  },
  knownKeys: async ({ group, generation, keys }) => {
    const known = tables.generations.get(generationKey(group, generation))?.keys
    return known === undefined ? [] : [...new Set(keys)].filter((key) => known.has(key))
  },
})
