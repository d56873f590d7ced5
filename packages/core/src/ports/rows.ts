import type { Instant } from './clock.js'
import type { Counts } from './counters.js'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/** Who and what a thing is: domains, senders, templates and their versions, groups, tasks, runs, settings. A document with a version. */
export interface StoredRecord {
  readonly kind: string
  readonly account: string
  /** Unique among all accounts. */
  readonly id: string
  /** 1 when inserted, one more at each put. */
  readonly version: number
  /** The id this one belongs to (a sender's domain, a run's task), or ''. Indexed. */
  readonly parent: string
  /** What a list may be asked for by name, or ''. Indexed, not unique. */
  readonly name: string
  /** What a list may be filtered by, or ''. Indexed. */
  readonly state: string
  readonly createdAt: Instant
  readonly data: JsonObject
  /** Set by a storage that finds `data` unreadable, with what is wrong with it, quoting nothing of it; `data` is {} then. Such a row costs no other row its answer. */
  readonly damage?: string
}

/** One row of a recipient group, addressed by (group, generation, lane, seq); never changed once written. */
export interface RecipientRow {
  readonly lane: string
  /** 0, 1, 2, … within (group, generation, lane), without gaps. */
  readonly seq: number
  readonly mailbox: string
  readonly key: string
  /** Values in the order of the group's variables. */
  readonly values: readonly string[]
}

/** What is due, leased with a token. One table serves chunks, single sends, retries, task starts and domain pumps. */
export interface Work {
  readonly id: string
  readonly kind: string
  /** Unique within `kind`. */
  readonly key: string
  readonly account: string
  /** What it belongs to (the run of a chunk), or ''. Indexed. */
  readonly parent: string
  readonly lane: string
  /** Smaller goes first. */
  readonly rank: number
  readonly dueAt: Instant
  /** Set by the claim that leased it; null while nobody holds it. */
  readonly token: string | null
  readonly leaseUntil: Instant | null
  /** How many rows of a chunk may have been started; more than 0 at a claim means that the last holder died. */
  readonly startedThrough: number
  /** How often it was claimed. */
  readonly attempt: number
  readonly ref: JsonObject
  /** As of a record: `ref` cannot be read, and is {}. The row is leased like any other. */
  readonly damage?: string
}

export type NewWork = Pick<Work, 'id' | 'kind' | 'key' | 'account' | 'parent' | 'lane' | 'rank' | 'dueAt' | 'ref'>

/** One mail to one recipient. Immutable but for `facts`, `attempt` and what the last attempt said. */
export interface MessageRow {
  readonly id: string
  readonly account: string
  /** '' for trigger and regular mail. */
  readonly task: string
  /** The run of a batch mail or the request of any other: where its content comes from. */
  readonly origin: string
  /** Position in the frozen group rows; lane '' and seq 0 for trigger and regular mail. */
  readonly lane: string
  readonly seq: number
  readonly mailbox: string
  readonly recipientKey: string
  readonly senderDomain: string
  readonly template: string
  /** When it was accepted (`send`) or granted (batch). Also the Date header, so that a retry is byte-equal. */
  readonly acceptedAt: Instant
  /** The quarter of an hour that all its statistics belong to: that of its acceptance, or of a batch row's first turn to go (STA-2). */
  readonly bucket: Instant
  /** OR of Fact bits. */
  readonly facts: number
  /** Attempts made. */
  readonly attempt: number
  readonly lastAt: Instant
  /** The last raw reply, or the code of the refusal, or ''. */
  readonly lastReply: string
}

/** Something that happened to a message beyond its acceptance and first outcome, with what lists and distinct counts ask by. */
export interface EventRow {
  /** Unique; a replay has the same key and changes nothing. */
  readonly key: string
  readonly message: string
  readonly account: string
  readonly kind: string
  readonly at: Instant
  readonly detail: JsonObject
  /** The message's bucket: the quarter of an hour it was sent. */
  readonly sentAt: Instant
  /** Of the sender, by name. */
  readonly domain: string
  readonly recipientDomain: string
  readonly template: string
  readonly task: string
  /**
   * The recipient's address key; distinct people are counted by it. If the stored message has another recipientKey by now, since the person was
   * erased after the caller looked, the event is stored with that one and with {} for its detail.
   */
  readonly person: string
}

/** One entry of the blocklist, unique by (kind, account, scope, key). What it means, and whether it is active, the domain decides. */
export interface BlockRow {
  readonly kind: 'invalid' | 'custom' | 'reject' | 'whitelist'
  /** Whose row it is: who triggered, blocked or whitelisted. */
  readonly account: string
  /** An address key, or `@` and a domain. */
  readonly key: string
  /** The sender domain of a reject block, '' for the others. */
  readonly scope: string
  readonly startsAt: Instant
  /** null: no expiry. */
  readonly endsAt: Instant | null
  readonly reason: string
  readonly createdAt: Instant
}

/** The allowance of one domain on one calendar day. */
export interface QuotaRow {
  readonly scope: string
  readonly day: string
  /** Never above `ceiling` by a take; a lowered ceiling undoes nothing. */
  readonly granted: number
  readonly ceiling: number
  readonly blocked: boolean
}

/** Where something is counted. Dimensions that a cube does not use are ''. */
export interface CellKey {
  readonly cube: 'sender' | 'recipient' | 'day' | 'run' | 'live'
  readonly account: string
  /** Quarter of an hour (cubes sender, recipient), start of the day (cube day), 0 (cube run), minute (cube live). */
  readonly bucket: number
  readonly domain: string
  readonly recipientDomain: string
  readonly template: string
  readonly task: string
}

export type Tally = { readonly cell: CellKey; readonly counts: Counts }
