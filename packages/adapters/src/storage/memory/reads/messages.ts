import type { EventRow, MessageFilter, MessageRow, StorageReads } from '@mailwright/core'
import { messagesOfAccount, messagesOfOrigin, messagesOfRecipient, messagesOfTask } from '../apply/settle.js'
import { comparePositions, createSorted, type Holder, type Sorted } from '../sorted.js'
import type { Tables } from '../tables.js'
import { pageOf } from './page.js'

type MessageReads = Pick<StorageReads, 'messages' | 'messagesPage' | 'events'>

const sorted = (holders: readonly Holder<MessageRow>[] = []): Sorted<MessageRow> => {
  const list = createSorted<MessageRow>((row) => [row.acceptedAt, row.id])
  for (const holder of holders) list.add(holder)
  return list
}

/** The shortest list that has all the rows asked for. */
const listFor = (tables: Tables, filter: MessageFilter): Sorted<MessageRow> | undefined => {
  const { account, task, origin, recipientKey } = filter
  if (recipientKey !== undefined) return sorted(tables.messageGroups.get(messagesOfRecipient(recipientKey)))
  if (task !== undefined && task !== '') return tables.messageLists.get(messagesOfTask(account, task))
  if (origin !== undefined) return sorted(tables.messageGroups.get(messagesOfOrigin(origin)))
  return tables.messageLists.get(messagesOfAccount(account))
}

const matcher =
  ({ account, task, origin, recipientKey, from, to }: MessageFilter) =>
  (row: MessageRow): boolean =>
    row.account === account &&
    (task === undefined || row.task === task) &&
    (origin === undefined || row.origin === origin) &&
    (recipientKey === undefined || row.recipientKey === recipientKey) &&
    (from === undefined || row.acceptedAt >= from) &&
    (to === undefined || row.acceptedAt < to)

const byTime = (a: EventRow, b: EventRow): number => comparePositions([a.at, a.key], [b.at, b.key])

export const messageReads = (tables: Tables): MessageReads => ({
  messages: async (ids) => {
    const found: MessageRow[] = []
    for (const id of new Set(ids)) {
      const row = tables.messages.get(id)?.row
      if (row !== undefined) found.push(row)
    }
    return found
  },
  messagesPage: async (filter) => pageOf(listFor(tables, filter), filter, 'newest', matcher(filter)),
  events: async (message) => [...(tables.eventsOfMessage.get(message) ?? [])].sort(byTime),
})
