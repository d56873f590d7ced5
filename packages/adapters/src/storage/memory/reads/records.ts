import type { RecordFilter, StorageReads, StoredRecord } from '@mailwright/core'
import { listOfAccount, listOfKind, listOfName, listOfParent } from '../apply/records.js'
import { compositeKey } from '../composite-key.js'
import type { Tables } from '../tables.js'
import { pageOf } from './page.js'

type RecordReads = Pick<StorageReads, 'record' | 'recordByKey' | 'records' | 'holds'>

/** The shortest list that has all the rows asked for. */
const listFor = (filter: RecordFilter): string => {
  if (filter.parent !== undefined && filter.parent !== '') return listOfParent(filter.kind, filter.parent)
  if (filter.name !== undefined && filter.name !== '') return listOfName(filter.kind, filter.name)
  if (filter.account !== undefined) return listOfAccount(filter.kind, filter.account)
  return listOfKind(filter.kind)
}

export const recordReads = (tables: Tables): RecordReads => ({
  record: async ({ kind, account, id }) => {
    const row = tables.records.get(id)?.row
    return row !== undefined && row.kind === kind && row.account === account ? row : null
  },
  recordByKey: async ({ scope, key }) =>
    tables.records.get(tables.recordKeys.get(compositeKey(scope, key)) ?? '')?.row ?? null,
  records: async (filter) => {
    const { account, parent, name, states, from, to } = filter
    const matches = (row: StoredRecord): boolean =>
      (account === undefined || row.account === account) &&
      (parent === undefined || row.parent === parent) &&
      (name === undefined || row.name === name) &&
      (states === undefined || states.includes(row.state)) &&
      (from === undefined || row.createdAt >= from) &&
      (to === undefined || row.createdAt < to)
    return pageOf(tables.recordLists.get(listFor(filter)), filter, filter.order, matches)
  },
  holds: async (ref) => (tables.holders.get(ref) ?? []).slice(0, 100),
})
