import type {
  BlockRow,
  CellKey,
  EventRow,
  Hit,
  Instant,
  Json,
  MessageRow,
  QuotaRow,
  RecipientRow,
  StoredRecord,
  UniqueKey,
} from '@mailwright/core'
import type { Holder, Sorted } from './sorted.js'
import { createWorkTable, type WorkTable } from './work-table.js'

/** The first use of an idempotency key. */
export interface OnceRow {
  readonly bodyHash: string
  readonly until: Instant
  readonly answer: Json
}

export interface CellRow {
  readonly cell: CellKey
  /** In the order of COUNTERS. */
  readonly counts: number[]
}

export interface Generation {
  /** Rows at the index of their seq. */
  readonly lanes: Map<string, RecipientRow[]>
  /** How many rows have the key. */
  readonly keys: Map<string, number>
}

/** A message is changed in place and handed out as a copy: freezing each new version would halve the speed of the batch path. */
export type OwnMessage = { -readonly [K in keyof MessageRow]: MessageRow[K] }

/** All that is stored, with the indexes the named questions need. Rows are frozen and replaced, but for messages and work. */
export interface Tables {
  readonly records: Map<string, Holder<StoredRecord>>
  readonly recordKeys: Map<string, string>
  readonly keysOfRecord: Map<string, readonly UniqueKey[]>
  readonly recordLists: Map<string, Sorted<StoredRecord>>
  /** Held record → its holders in the order they began. */
  readonly holders: Map<string, readonly string[]>
  /** Holder → what it holds. */
  readonly holdings: Map<string, readonly string[]>
  readonly slots: Map<string, number>
  readonly once: Map<string, OnceRow>
  /** Hits in ascending order. */
  readonly windows: Map<string, readonly Hit[]>
  readonly quotas: Map<string, QuotaRow>
  readonly epochs: Map<string, number>
  readonly work: WorkTable
  readonly messages: Map<string, Holder<OwnMessage>>
  readonly messagesOfAccount: Map<
    string,
    { readonly all: Sorted<OwnMessage>; readonly tasks: Map<string, Sorted<OwnMessage>> }
  >
  /** Short lists, sorted when asked for. */
  readonly messagesOfOrigin: Map<string, Holder<OwnMessage>[]>
  readonly messagesOfRecipient: Map<string, Holder<OwnMessage>[]>
  readonly events: Map<string, Holder<EventRow>>
  readonly eventsOfMessage: Map<string, Holder<EventRow>[]>
  readonly eventsOfAccount: Map<string, Sorted<EventRow>>
  /** Cube and account → bucket → cell. */
  readonly cells: Map<string, Map<number, Map<string, CellRow>>>
  /** Cube, account and task → its cells. */
  readonly cellsOfTask: Map<string, CellRow[]>
  readonly blocks: Map<string, Holder<BlockRow>>
  readonly blocksOfKey: Map<string, Set<Holder<BlockRow>>>
  readonly blockLists: Map<string, Sorted<BlockRow>>
  readonly generations: Map<string, Generation>
}

export const createTables = (): Tables => ({
  records: new Map(),
  recordKeys: new Map(),
  keysOfRecord: new Map(),
  recordLists: new Map(),
  holders: new Map(),
  holdings: new Map(),
  slots: new Map(),
  once: new Map(),
  windows: new Map(),
  quotas: new Map(),
  epochs: new Map(),
  work: createWorkTable(),
  messages: new Map(),
  messagesOfAccount: new Map(),
  messagesOfOrigin: new Map(),
  messagesOfRecipient: new Map(),
  events: new Map(),
  eventsOfMessage: new Map(),
  eventsOfAccount: new Map(),
  cells: new Map(),
  cellsOfTask: new Map(),
  blocks: new Map(),
  blocksOfKey: new Map(),
  blockLists: new Map(),
  generations: new Map(),
})

/** The value at `key`, made and kept if there is none. */
export const kept = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}
