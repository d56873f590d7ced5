import type { StorageReads } from '@mailwright/core'
import { compositeKey } from '../composite-key.js'
import { kept, type Tables } from '../tables.js'

type WorkReads = Pick<StorageReads, 'works' | 'queuedMails' | 'nextDue' | 'ranks'>

export const workReads = (tables: Tables): WorkReads => ({
  works: async ({ kind, parent }) =>
    [...(tables.work.kinds.get(kind)?.byParent.get(parent) ?? [])]
      .map((entry) => ({ ...entry.row }))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
  queuedMails: async ({ kinds, account }) => {
    const groups = new Map<string, { senderDomain: string; recipientDomain: string; count: number }>()
    for (const kind of new Set(kinds)) {
      for (const { row } of tables.work.kinds.get(kind)?.entries ?? []) {
        const message = row.account === account ? tables.messages.get(row.key)?.row : undefined
        if (message === undefined) continue
        const { senderDomain, recipientKey } = message
        const recipientDomain = recipientKey.slice(recipientKey.lastIndexOf('@') + 1)
        const group = kept(groups, compositeKey(senderDomain, recipientDomain), () => ({
          senderDomain,
          recipientDomain,
          count: 0,
        }))
        group.count += 1
      }
    }
    return [...groups.values()]
  },
  nextDue: async ({ kinds, takeoverMs }) => {
    let next: number | null = null
    for (const kind of new Set(kinds)) {
      for (const { row } of tables.work.kinds.get(kind)?.entries ?? []) {
        const at = row.leaseUntil === null ? row.dueAt : row.leaseUntil + takeoverMs
        if (next === null || at < next) next = at
      }
    }
    return next
  },
  ranks: async ({ kind, account }) => {
    let floor: number | null = null
    let last: number | null = null
    for (const { row } of tables.work.kinds.get(kind)?.entries ?? []) {
      if (row.token !== null) continue
      if (floor === null || row.rank < floor) floor = row.rank
      if (row.account === account && (last === null || row.rank > last)) last = row.rank
    }
    return { floor, last }
  },
})
