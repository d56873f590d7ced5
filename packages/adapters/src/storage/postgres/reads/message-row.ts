import type { MessageRow } from '@mailwright/core'

export interface MessageSqlRow {
  readonly id: string
  readonly account: string
  readonly task: string
  readonly origin: string
  readonly lane: string
  readonly seq: number
  readonly mailbox: string
  readonly recipient_key: string | null
  readonly sender_domain: string
  readonly template: string
  readonly accepted_at: number
  readonly bucket: number
  readonly facts: number
  readonly attempt: number
  readonly last_at: number
  readonly last_reply: string
}

/** Of `message m join message_head h`. */
export const messageColumns = `m.id, h.account, h.task, h.origin, h.lane, m.seq, m.mailbox, m.recipient_key, h.sender_domain,
  h.template, h.accepted_at, m.bucket, m.facts, m.attempt, m.last_at, m.last_reply`

export const toMessage = (row: MessageSqlRow): MessageRow => ({
  id: row.id,
  account: row.account,
  task: row.task,
  origin: row.origin,
  lane: row.lane,
  seq: row.seq,
  mailbox: row.mailbox,
  recipientKey: row.recipient_key ?? row.mailbox,
  senderDomain: row.sender_domain,
  template: row.template,
  acceptedAt: row.accepted_at,
  bucket: row.bucket,
  facts: row.facts,
  attempt: row.attempt,
  lastAt: row.last_at,
  lastReply: row.last_reply,
})
