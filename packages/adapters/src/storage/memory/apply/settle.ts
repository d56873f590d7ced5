import {
  type Change,
  cellsAsStored,
  type EventRow,
  eventAsStored,
  type FollowUp,
  type MessageRow,
  type Observation,
  type Outcome,
} from '@mailwright/core'
import { byAcceptance, byTime, type Holder, type Sorted } from '../sorted.js'
import { type CellRow, kept, type OwnMessage, type Tables } from '../tables.js'
import { putBlock } from './blocks.js'
import { countInCells } from './cells.js'
import { putWork } from './work.js'

type Settle = Extract<Change, { type: 'settle' }>

const noHolders = (): Holder<OwnMessage>[] => []
const noEvents = (): Holder<EventRow>[] => []
const noMessages = () => ({ all: byAcceptance<OwnMessage>(), tasks: new Map<string, Sorted<OwnMessage>>() })

const insertMessage = (tables: Tables, row: OwnMessage): void => {
  const holder = { row }
  tables.messages.set(row.id, holder)
  const ofAccount = kept(tables.messagesOfAccount, row.account, noMessages)
  ofAccount.all.add(holder)
  if (row.task !== '') kept(ofAccount.tasks, row.task, byAcceptance<OwnMessage>).add(holder)
  kept(tables.messagesOfOrigin, row.origin, noHolders).push(holder)
  kept(tables.messagesOfRecipient, row.recipientKey, noHolders).push(holder)
}

// Written out: a spread costs several times as much, and this runs once for each mail.
const ownCopy = (row: MessageRow): OwnMessage => ({
  id: row.id,
  account: row.account,
  task: row.task,
  origin: row.origin,
  lane: row.lane,
  seq: row.seq,
  mailbox: row.mailbox,
  recipientKey: row.recipientKey,
  senderDomain: row.senderDomain,
  template: row.template,
  acceptedAt: row.acceptedAt,
  bucket: row.bucket,
  facts: row.facts,
  attempt: row.attempt,
  lastAt: row.lastAt,
  lastReply: row.lastReply,
})

const insertEvent = (tables: Tables, event: EventRow): void => {
  const holder = { row: Object.freeze({ ...event }) }
  tables.events.set(event.key, holder)
  kept(tables.eventsOfMessage, event.message, noEvents).push(holder)
  kept(tables.eventsOfAccount, event.account, byTime<EventRow>).add(holder)
}

/** ORs the bits in, and takes over what the attempt said unless a later attempt has spoken. */
const merge = (row: OwnMessage, item: Observation): void => {
  row.facts |= item.facts
  if (item.attempt < row.attempt) return
  row.attempt = item.attempt
  row.lastAt = item.at
  row.lastReply = item.reply
}

/** Answers whether the item won. One about a message that is unknown, and that inserts none, loses and leaves no trace. */
const settleOne = (tables: Tables, item: Observation, recent: CellRow[]): boolean => {
  const stored = tables.messages.get(item.message)?.row
  const row = stored ?? (item.insert === null ? null : ownCopy(item.insert))
  if (row === null) return false
  const fresh = (row.facts | item.facts) & ~(stored?.facts ?? 0)
  const event = item.event !== null && !tables.events.has(item.event.key) ? item.event : null
  if (stored !== undefined && fresh === 0 && event === null && item.attempt <= stored.attempt) return false
  const sentIn = stored?.bucket ?? 0
  merge(row, item)
  if (stored === undefined) insertMessage(tables, row)
  if (event !== null) insertEvent(tables, eventAsStored(event, row.recipientKey, sentIn))
  countInCells(tables, cellsAsStored(item.cells, sentIn), fresh, event === null ? null : item.raw, recent)
  if (item.block !== null) putBlock(tables, item.block, true)
  if (item.work !== null) putWork(tables, item.work, false)
  return true
}

const putFollowUp = (tables: Tables, { work, parts }: FollowUp, winners: ReadonlySet<number>): void => {
  const won = parts.filter(({ item }) => winners.has(item)).map(({ part }) => part)
  if (won.length > 0) putWork(tables, { ...work, ref: { ...work.ref, parts: won } }, false)
}

/** Cells are kept as sums, so the shard has no meaning here. */
export const applySettle = (tables: Tables, change: Settle): Outcome => {
  const lost: number[] = []
  const winners = new Set<number>()
  const recent: CellRow[] = []
  change.items.forEach((item, index) => {
    if (settleOne(tables, item, recent)) winners.add(index)
    else lost.push(index)
  })
  for (const follow of change.follow ?? []) putFollowUp(tables, follow, winners)
  return { type: 'bulk', lost }
}
