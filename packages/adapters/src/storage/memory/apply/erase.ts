import type { Change } from '@mailwright/core'
import type { Tables } from '../tables.js'

type Erase = Extract<Change, { type: 'erase' }>

/** Answers how many messages were the person's. */
export const eraseMessages = (tables: Tables, change: Erase): number => {
  const { account, recipientKey, tombstone, acceptedBefore = Number.POSITIVE_INFINITY } = change
  const theirs = tables.messagesOfRecipient.get(recipientKey) ?? []
  const own = theirs.filter(({ row }) => row.account === account && row.acceptedAt < acceptedBefore)
  for (const { row } of own) {
    Object.assign(row, { mailbox: tombstone, recipientKey: tombstone, lastReply: '' })
    for (const event of tables.eventsOfMessage.get(row.id) ?? [])
      event.row = Object.freeze({ ...event.row, person: tombstone, detail: {} })
  }
  const others = theirs.filter((holder) => !own.includes(holder))
  if (others.length > 0) tables.messagesOfRecipient.set(recipientKey, others)
  else tables.messagesOfRecipient.delete(recipientKey)
  if (own.length > 0)
    tables.messagesOfRecipient.set(tombstone, [...(tables.messagesOfRecipient.get(tombstone) ?? []), ...own])
  return own.length
}
