import type { EventRow, MessageFilter, StorageReads } from '@mailwright/core'
import { byAcceptance, comparePositions, type Holder, type Sorted } from '../sorted.js'
import type { OwnMessage, Tables } from '../tables.js'
import { pageOf } from './page.js'

type MessageReads = Pick<StorageReads, 'messages' | 'messagesPage' | 'events'>

const sorted = (holders: readonly Holder<OwnMessage>[] = []): Sorted<OwnMessage> => {
  const list = byAcceptance<OwnMessage>()
  for (const holder of holders) list.add(holder)
  return list
}

/** The shortest list that has all the rows asked for. */
const listFor = (tables: Tables, filter: MessageFilter): Sorted<OwnMessage> | undefined => {
  const { account, task, origin, recipientKey } = filter
  if (recipientKey !== undefined) return sorted(tables.messagesOfRecipient.get(recipientKey))
  if (task !== undefined && task !== '') return tables.messagesOfAccount.get(account)?.tasks.get(task)
  if (origin !== undefined) return sorted(tables.messagesOfOrigin.get(origin))
  return tables.messagesOfAccount.get(account)?.all
}

const matcher =
  ({ account, task, origin, recipientKey, from, to }: MessageFilter) =>
  (row: OwnMessage): boolean =>
    row.account === account &&
    (task === undefined || row.task === task) &&
    (origin === undefined || row.origin === origin) &&
    (recipientKey === undefined || row.recipientKey === recipientKey) &&
    (from === undefined || row.acceptedAt >= from) &&
    (to === undefined || row.acceptedAt < to)

const byTime = (a: EventRow, b: EventRow): number => comparePositions([a.at, a.key], [b.at, b.key])

export const messageReads = (tables: Tables): MessageReads => ({
  messages: async (ids) => {
    const found: OwnMessage[] = []
    for (const id of new Set(ids)) {
      const row = tables.messages.get(id)?.row
      if (row !== undefined) found.push({ ...row })
    }
    return found
  },
  messagesPage: async (filter) => {
    const { items, next } = pageOf(listFor(tables, filter), filter, 'newest', matcher(filter))
    return { items: items.map((row) => ({ ...row })), next }
  },
  events: async (message) => (tables.eventsOfMessage.get(message) ?? []).map(({ row }) => row).sort(byTime),
})
