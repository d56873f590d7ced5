import type { CellKey, MessageRow, Observation } from '@mailwright/core'
import { factsOf, present } from './growth-fill.js'
import { account, bigDomains, domains } from './statistics-data.js'

const blank = { account, bucket: present, domain: '', recipientDomain: '', template: '', task: '' }
const sent = factsOf('accepted', 'handedOver', 'delivered')
const senderDomain = domains[0]

/** The cells a batch mail counts in, as the product writes them. */
const cellsOf = (task: string, recipientDomain: string): readonly CellKey[] => [
  { ...blank, cube: 'sender', domain: senderDomain, template: 'template-1', task },
  { ...blank, cube: 'recipient', domain: senderDomain, recipientDomain, template: 'template-1', task },
  { ...blank, cube: 'run', bucket: 0, task },
  { ...blank, cube: 'day', domain: senderDomain },
  { ...blank, cube: 'live', domain: senderDomain, recipientDomain },
]

/** The nth mail sent after the fill, taken at the first attempt: ids ascend and lie above those of the fill. */
const firstOutcome = (n: number, task: string): Observation => {
  const hex = n.toString(16).padStart(12, '0')
  const id = `70000000-${hex.slice(0, 4)}-7000-8000-0000${hex.slice(4)}`
  const recipientDomain = `big${n % bigDomains}.example`
  const mailbox = `recipient${n}@${recipientDomain}`
  const place = { account, task, origin: `run-${task}`, lane: 'other', seq: n, mailbox, recipientKey: mailbox }
  const mail = { senderDomain: 'domain-0', template: 'template-1', acceptedAt: present, bucket: present }
  const insert = { id, ...place, ...mail, facts: 0, attempt: 0, lastAt: present, lastReply: '' }
  const seen = { facts: sent, attempt: 1, at: present + n, reply: '250 2.0.0 Ok: queued as 4ABCDEFGHIJKL' }
  return {
    message: id,
    insert,
    ...seen,
    event: null,
    raw: null,
    cells: cellsOf(task, recipientDomain),
    block: null,
    work: null,
  }
}

export const firstOutcomes = (from: number, count: number): readonly Observation[] =>
  Array.from({ length: count }, (_, at) => firstOutcome(from + at, 'growth'))

/** A person opens a stored mail now. `nth` makes the event a new one. */
export const open = (row: MessageRow, nth: number): Observation => {
  const recipientDomain = row.recipientKey.slice(row.recipientKey.indexOf('@') + 1)
  const mail = { account, domain: senderDomain, template: row.template, task: row.task }
  const event = {
    ...mail,
    key: `${row.id}:open:${nth}`,
    message: row.id,
    kind: 'open',
    at: present + nth,
    detail: { userAgent: 'Mozilla/5.0' },
    sentAt: row.bucket,
    recipientDomain,
    person: row.recipientKey,
  }
  const cell = { ...mail, bucket: row.bucket }
  const cells: readonly CellKey[] = [
    { ...cell, cube: 'sender', recipientDomain: '' },
    { ...cell, cube: 'recipient', recipientDomain },
  ]
  const seen = { facts: factsOf('opened', 'humanOpened'), attempt: 0, at: event.at, reply: '' }
  return { message: row.id, insert: null, ...seen, event, raw: 'opens', cells, block: null, work: null }
}
