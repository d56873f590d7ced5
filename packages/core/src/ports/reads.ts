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

export interface TallyFilter {
  readonly cube: CellKey['cube']
  readonly account: string
  /** bucket in [from, to). */
  readonly from: number
  readonly to: number
  readonly domain?: string
  readonly task?: string
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
  /** Which of the keys the generation has already. */
  knownKeys(question: {
    readonly group: string
    readonly generation: number
    readonly keys: readonly string[]
  }): Promise<readonly string[]>
  /** All entries, of all accounts and kinds, active or not, for any of the keys. */
  blocks(keys: readonly string[]): Promise<readonly BlockRow[]>
  /** In order of key. */
  blocksPage(
    filter: PageRequest & { readonly kind: BlockRow['kind']; readonly account: string },
  ): Promise<Page<BlockRow>>
  quota(question: { readonly scope: string; readonly day: string }): Promise<QuotaRow | null>
  /** One entry per cell, shards added up, in no particular order. */
  tallies(filter: TallyFilter): Promise<readonly Tally[]>
  /** Those that exist, in no particular order. */
  messages(ids: readonly string[]): Promise<readonly MessageRow[]>
  /** Newest first by (acceptedAt, id). */
  messagesPage(filter: MessageFilter): Promise<Page<MessageRow>>
  /** Oldest first by (at, key). */
  events(message: string): Promise<readonly EventRow[]>
  /** Work of a kind that belongs to `parent`, by key. */
  works(question: { readonly kind: string; readonly parent: string }): Promise<readonly Work[]>
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
