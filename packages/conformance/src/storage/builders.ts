import {
  type BlockRow,
  type CellKey,
  COUNTERS,
  type Counter,
  type EventRow,
  type Instant,
  type MessageRow,
  type NewWork,
  type Observation,
  type RecipientRow,
  type StoredRecord,
} from '@mailwright/core'

/** A fixed instant in the past: an adapter that asks a clock where it was given a time is found out. */
export const t0: Instant = 1_750_000_000_000
export const second = 1_000
export const hour = 3_600_000

/** The bit that the counter of that name counts. */
export const bit = (counter: Counter): number => 1 << COUNTERS.indexOf(counter)

export const aRecord = (given: Partial<StoredRecord> = {}): Omit<StoredRecord, 'version'> => {
  const { version: _, ...record } = {
    kind: 'domain',
    account: 'acme',
    id: 'dom-1',
    version: 0,
    parent: '',
    name: '',
    state: '',
    createdAt: t0,
    data: {},
    ...given,
  }
  return record
}

/** Its key is its id unless given. */
export const aWork = (given: Partial<NewWork> = {}): NewWork => ({
  id: 'work-1',
  kind: 'chunk',
  key: given.id ?? 'work-1',
  account: 'acme',
  parent: 'run-1',
  lane: 'lane-a',
  rank: 0,
  dueAt: t0,
  ref: {},
  ...given,
})

export const aMessage = (given: Partial<MessageRow> = {}): MessageRow => ({
  id: 'msg-1',
  account: 'acme',
  task: 'task-1',
  origin: 'run-1',
  lane: 'lane-a',
  seq: 0,
  mailbox: 'Ann@example.org',
  recipientKey: 'ann@example.org',
  senderDomain: 'mail.shop.example',
  template: 'tpl-1',
  acceptedAt: t0,
  bucket: 0,
  facts: 0,
  attempt: 0,
  lastAt: 0,
  lastReply: '',
  ...given,
})

export const aCell = (given: Partial<CellKey> = {}): CellKey => ({
  cube: 'sender',
  account: 'acme',
  bucket: t0 - (t0 % hour),
  domain: 'mail.shop.example',
  recipientDomain: '',
  template: 'tpl-1',
  task: 'task-1',
  ...given,
})

export const anEvent = (given: Partial<EventRow> = {}): EventRow => ({
  key: 'event-1',
  message: 'msg-1',
  account: 'acme',
  kind: 'open',
  at: t0,
  detail: {},
  sentAt: t0 - (t0 % hour),
  domain: 'mail.shop.example',
  recipientDomain: 'example.org',
  template: 'tpl-1',
  task: 'task-1',
  person: 'ann@example.org',
  ...given,
})

/** One without an insert, an event, or anything that hangs on it, counted in one cell. */
export const seen = (given: Partial<Observation> = {}): Observation => ({
  message: 'msg-1',
  insert: null,
  facts: 0,
  attempt: 0,
  at: t0,
  reply: '',
  event: null,
  raw: null,
  cells: [aCell()],
  block: null,
  work: null,
  ...given,
})

/** The first outcome of a message that is inserted by it. */
export const firstSeen = (id: string, given: Partial<Observation> = {}): Observation =>
  seen({ message: id, insert: aMessage({ id }), facts: 0b11, attempt: 1, reply: '250 ok', ...given })

export const aBlock = (given: Partial<BlockRow> = {}): BlockRow => ({
  kind: 'invalid',
  account: 'acme',
  key: 'ann@example.org',
  scope: '',
  startsAt: t0,
  endsAt: null,
  reason: '5.1.1',
  createdAt: t0,
  ...given,
})

export const aRow = (seq: number, given: Partial<RecipientRow> = {}): RecipientRow => ({
  lane: 'lane-a',
  seq,
  mailbox: `U${seq}@example.org`,
  key: `u${seq}@example.org`,
  values: [`value ${seq}`],
  ...given,
})
