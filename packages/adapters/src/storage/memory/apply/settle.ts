import type { Change, EventRow, MessageRow, Observation, Outcome } from '@mailwright/core'
import { compositeKey } from '../composite-key.js'
import { createSorted, type Holder } from '../sorted.js'
import { kept, type Tables } from '../tables.js'
import { putBlock } from './blocks.js'
import { countInCells } from './cells.js'
import { putWork } from './work.js'

type Settle = Extract<Change, { type: 'settle' }>

export const messagesOfAccount = (account: string): string => compositeKey(account)
export const messagesOfTask = (account: string, task: string): string => compositeKey(account, task)
export const messagesOfOrigin = (origin: string): string => compositeKey('origin', origin)
export const messagesOfRecipient = (recipientKey: string): string => compositeKey('recipient', recipientKey)

const byAcceptance = () => createSorted<MessageRow>((row) => [row.acceptedAt, row.id])
const noHolders = (): Holder<MessageRow>[] => []
const noEvents = (): EventRow[] => []

const insertMessage = (tables: Tables, row: MessageRow): void => {
  const holder = { row }
  tables.messages.set(row.id, holder)
  kept(tables.messageLists, messagesOfAccount(row.account), byAcceptance).add(holder)
  if (row.task !== '') kept(tables.messageLists, messagesOfTask(row.account, row.task), byAcceptance).add(holder)
  kept(tables.messageGroups, messagesOfOrigin(row.origin), noHolders).push(holder)
  kept(tables.messageGroups, messagesOfRecipient(row.recipientKey), noHolders).push(holder)
}

const insertEvent = (tables: Tables, event: EventRow): void => {
  tables.eventKeys.add(event.key)
  kept(tables.eventsOfMessage, event.message, noEvents).push(event)
}

/** The row with the observation's bits, and with what its attempt said unless a later attempt has spoken. */
const merged = (row: MessageRow, item: Observation): MessageRow => {
  const facts = row.facts | item.facts
  if (item.attempt < row.attempt) return Object.freeze({ ...row, facts })
  const bucket = row.bucket === 0 ? item.bucket : row.bucket
  return Object.freeze({ ...row, facts, bucket, attempt: item.attempt, lastAt: item.at, lastReply: item.reply })
}

/** Answers whether the item won. One about a message that is unknown, and that inserts none, loses and leaves no trace. */
const settleOne = (tables: Tables, item: Observation): boolean => {
  const holder = tables.messages.get(item.message)
  const before = holder === undefined ? item.insert : holder.row
  if (before === null) return false
  const known = holder === undefined ? 0 : before.facts
  const fresh = (before.facts | item.facts) & ~known
  const event = item.event !== null && !tables.eventKeys.has(item.event.key) ? item.event : null
  if (holder === undefined) insertMessage(tables, merged(before, item))
  else {
    if (fresh === 0 && event === null && item.attempt <= before.attempt) return false
    holder.row = merged(before, item)
  }
  if (event !== null) insertEvent(tables, event)
  countInCells(tables, item.cells, fresh, event === null ? null : item.raw)
  if (item.block !== null) putBlock(tables, item.block)
  if (item.work !== null) putWork(tables, item.work, false)
  return true
}

/** Cells are kept as sums, so the shard has no meaning here. */
export const applySettle = (tables: Tables, change: Settle): Outcome => {
  const lost: number[] = []
  change.items.forEach((item, index) => {
    if (!settleOne(tables, item)) lost.push(index)
  })
  return { type: 'bulk', lost }
}
