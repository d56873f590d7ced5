import type { RecipientRow, StorageReads } from '@mailwright/core'
import { generationKey } from '../apply/recipients.js'
import type { Tables } from '../tables.js'

type RecipientReads = Pick<StorageReads, 'recipients' | 'recipientDomains' | 'knownKeys'>

type Range = Parameters<StorageReads['recipients']>[0]

const rowsOf = (tables: Tables, { group, generation, lane, from, to }: Range): readonly RecipientRow[] => {
  const rows = tables.generations.get(generationKey(group, generation))?.lanes.get(lane)
  // filter skips the gaps that rows of a cut-off import may have left.
  return rows === undefined || to <= from ? [] : rows.slice(Math.max(0, from), Math.max(0, to)).filter(() => true)
}

export const recipientReads = (tables: Tables): RecipientReads => ({
  recipients: async (range) => rowsOf(tables, range),
  recipientDomains: async (range) => {
    const counts = new Map<string, number>()
    for (const { key } of rowsOf(tables, range)) {
      const domain = key.slice(key.lastIndexOf('@') + 1)
      counts.set(domain, (counts.get(domain) ?? 0) + 1)
    }
    return [...counts].map(([domain, count]) => ({ domain, count }))
  },
  knownKeys: async ({ group, generation, keys }) => {
    const known = tables.generations.get(generationKey(group, generation))?.keys
    return known === undefined ? [] : [...new Set(keys)].filter((key) => known.has(key))
  },
})
