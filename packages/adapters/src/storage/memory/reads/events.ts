import type { EventFilter, EventRow, PeopleCount, StorageReads } from '@mailwright/core'
import { kept, type Tables } from '../tables.js'
import { groupCell, matchesLists } from './dimensions.js'
import { pageOf } from './page.js'

type EventReads = Pick<StorageReads, 'eventsPage' | 'people'>

const isWithin = (from: number | undefined, to: number | undefined, at: number): boolean =>
  (from === undefined || at >= from) && (to === undefined || at < to)

const matcher = (filter: EventFilter) => (row: EventRow) =>
  filter.kinds.includes(row.kind) &&
  isWithin(filter.from, filter.to, row.at) &&
  isWithin(filter.sentFrom, filter.sentTo, row.sentAt) &&
  (filter.domains === undefined || filter.domains.includes(row.domain)) &&
  (filter.recipientDomains === undefined || filter.recipientDomains.includes(row.recipientDomain)) &&
  (filter.person === undefined || row.person === filter.person)

export const eventReads = (tables: Tables): EventReads => ({
  eventsPage: async (filter) => pageOf(tables.eventsOfAccount.get(filter.account), filter, 'newest', matcher(filter)),
  people: async (filter) => {
    const groups = new Map<string, { readonly cell: PeopleCount['cell']; readonly people: Set<string> }>()
    for (const { row } of tables.eventsOfAccount.get(filter.account)?.all() ?? []) {
      if (!filter.kinds.includes(row.kind) || !isWithin(filter.from, filter.to, row.sentAt)) continue
      const own = { ...row, bucket: row.sentAt }
      if (!matchesLists(filter, own)) continue
      const cell = groupCell(filter, own)
      kept(groups, JSON.stringify(cell), () => ({ cell, people: new Set<string>() })).people.add(row.person)
    }
    return [...groups.values()].map(({ cell, people }) => ({ cell, people: people.size }))
  },
})
