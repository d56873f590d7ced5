import type { Instant } from './clock.js'
import type {
  BlockRow,
  CellKey,
  EventRow,
  MessageRow,
  QuotaRow,
  RecipientRow,
  StoredRecord,
  Tally,
  Work,
} from './rows.js'

/** A page in a stable order: no row missed or doubled under concurrent inserts. `next` is null on the last one. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

export interface PageRequest {
  /** `next` of the page before; opaque to core. */
  readonly cursor?: string
  readonly limit: number
}

export interface RecordFilter extends PageRequest {
  readonly kind: string
  /** Left out: all accounts (internal questions only, never a caller's). */
  readonly account?: string
  readonly parent?: string
  readonly name?: string
  readonly states?: readonly string[]
  /** createdAt in [from, to). */
  readonly from?: Instant
  readonly to?: Instant
  /** By (createdAt, id). */
  readonly order: 'oldest' | 'newest'
}

export interface MessageFilter extends PageRequest {
  readonly account: string
  readonly task?: string
  readonly origin?: string
  readonly recipientKey?: string
  /** acceptedAt in [from, to). */
  readonly from?: Instant
  readonly to?: Instant
}

/** What a count is broken down by. */
export type Dimension = 'bucket' | 'domain' | 'recipientDomain' | 'template' | 'task'

/** A part of what there is: mail of these domains and tasks, and not of those. Each list left out says nothing. */
export interface DimensionPart {
  readonly domains?: readonly string[]
  readonly exceptDomains?: readonly string[]
  readonly tasks?: readonly string[]
  readonly exceptTasks?: readonly string[]
}

/** Each list left out: all. An empty one: none. */
export interface DimensionFilter {
  readonly account: string
  readonly domains?: readonly string[]
  readonly recipientDomains?: readonly string[]
  readonly templates?: readonly string[]
  readonly tasks?: readonly string[]
  /** At least one of these parts, and all of the lists above. */
  readonly anyOf?: readonly DimensionPart[]
  /** Dimensions kept apart; what is left out is added up and answered as '' (bucket: as 0). Left out: all are kept. */
  readonly by?: readonly Dimension[]
  /** Ascending. Each bucket is answered as the greatest edge not after it (one before the first edge: as the first): days of a zone, for instance. */
  readonly edges?: readonly number[]
}

export interface TallyFilter extends DimensionFilter {
  readonly cube: CellKey['cube']
  /** bucket in [from, to). */
  readonly from: number
  readonly to: number
}

export interface EventFilter extends PageRequest {
  readonly account: string
  readonly kinds: readonly string[]
  /** at in [from, to). */
  readonly from?: Instant
  readonly to?: Instant
  /** sentAt in [sentFrom, sentTo). */
  readonly sentFrom?: Instant
  readonly sentTo?: Instant
  readonly domains?: readonly string[]
  readonly recipientDomains?: readonly string[]
  readonly person?: string
}

/** Distinct people of one group of events; `bucket` is of the events' sentAt. */
export interface PeopleCount {
  readonly cell: Pick<CellKey, Dimension>
  readonly people: number
}

export interface PeopleFilter extends DimensionFilter {
  readonly kinds: readonly string[]
  /** sentAt in [from, to). */
  readonly from: Instant
  readonly to: Instant
}

export interface BlockFilter extends PageRequest {
  readonly kind: BlockRow['kind']
  readonly account: string
  readonly scope?: string
  /** Part of the key. */
  readonly contains?: string
  /** createdAt in [from, to). */
  readonly from?: Instant
  readonly to?: Instant
  /** startsAt in [startsFrom, startsTo). */
  readonly startsFrom?: Instant
  readonly startsTo?: Instant
  /** endsAt in [endsFrom, endsTo); null is later than any instant. */
  readonly endsFrom?: Instant
  readonly endsTo?: Instant
}

/** The named questions. Each sees everything applied before it was asked; several together are not one snapshot. */
export interface StorageReads {
  record(question: {
    readonly kind: string
    readonly account: string
    readonly id: string
  }): Promise<StoredRecord | null>
  recordByKey(question: { readonly scope: string; readonly key: string }): Promise<StoredRecord | null>
  records(filter: RecordFilter): Promise<Page<StoredRecord>>
  /** Who holds the record, in the order they began; at most 100. */
  holds(ref: string): Promise<readonly string[]>
  /** Rows [from, to) of one lane in order of seq. */
  recipients(question: {
    readonly group: string
    readonly generation: number
    readonly lane: string
    readonly from: number
    readonly to: number
  }): Promise<readonly RecipientRow[]>
  /** How many of the rows [from, to) of one lane belong to each recipient domain, in no particular order. */
  recipientDomains(question: {
    readonly group: string
    readonly generation: number
    readonly lane: string
    readonly from: number
    readonly to: number
  }): Promise<readonly { readonly domain: string; readonly count: number }[]>
  /** Which of the keys the generation has already. */
  knownKeys(question: {
    readonly group: string
    readonly generation: number
    readonly keys: readonly string[]
  }): Promise<readonly string[]>
  /** All entries, of all accounts and kinds, active or not, for any of the keys. */
  blocks(keys: readonly string[]): Promise<readonly BlockRow[]>
  /** In order of key. */
  blocksPage(filter: BlockFilter): Promise<Page<BlockRow>>
  quota(question: { readonly scope: string; readonly day: string }): Promise<QuotaRow | null>
  /** One entry per cell or group of cells, shards added up, in no particular order. */
  tallies(filter: TallyFilter): Promise<readonly Tally[]>
  /** Those that exist, in no particular order. */
  messages(ids: readonly string[]): Promise<readonly MessageRow[]>
  /** Newest first by (acceptedAt, id). */
  messagesPage(filter: MessageFilter): Promise<Page<MessageRow>>
  /** Oldest first by (at, key). */
  events(message: string): Promise<readonly EventRow[]>
  /** Newest first by (at, key). */
  eventsPage(filter: EventFilter): Promise<Page<EventRow>>
  /** One entry per group that has anybody, in no particular order. */
  people(filter: PeopleFilter): Promise<readonly PeopleCount[]>
  /** Work of a kind that belongs to `parent`, by key. */
  works(question: { readonly kind: string; readonly parent: string }): Promise<readonly Work[]>
  /** Mail that has work of its own of these kinds, whose key is the message's id, by the sender domain of its message and the domain of its recipient key; in no particular order. Work without a stored message does not count. */
  queuedMails(question: {
    readonly kinds: readonly string[]
    readonly account: string
  }): Promise<readonly { readonly senderDomain: string; readonly recipientDomain: string; readonly count: number }[]>
  /** When the next work of these kinds falls due or its lease can be taken over (leaseUntil + takeoverMs); null if there is none. */
  nextDue(question: { readonly kinds: readonly string[]; readonly takeoverMs: number }): Promise<Instant | null>
  /** Ranks of waiting work of a kind: the smallest of all accounts, the largest of this one; null if there is none. */
  ranks(question: {
    readonly kind: string
    readonly account: string
  }): Promise<{ readonly floor: number | null; readonly last: number | null }>
  /** 0 for a key never bumped. */
  epochs(keys: readonly string[]): Promise<readonly number[]>
}
