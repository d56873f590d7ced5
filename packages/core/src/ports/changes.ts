import type { Instant } from './clock.js'
import type { Counter } from './counters.js'
import type { BlockRow, CellKey, EventRow, Json, MessageRow, NewWork, RecipientRow, StoredRecord } from './rows.js'

/** Conditions that must hold for the bundle to be applied. */
export type Guard =
  /**
   * The record exists, and is at `version` if one is given. Holds until the bundle is committed; `fleeting`: at the moment at which the bundle is looked at, so
   * that nobody who changes the record waits for the bundle, nor the bundle for him.
   */
  | {
      readonly type: 'present'
      readonly kind: string
      readonly account: string
      readonly id: string
      readonly version?: number
      readonly fleeting?: true
    }
  /** The work row is still leased under `token`. */
  | { readonly type: 'holder'; readonly work: string; readonly token: string }
  /** Nothing holds the record (see the change `hold`). */
  | { readonly type: 'unheld'; readonly ref: string }
  /** First use of an idempotency key within its life; keeps `answer` for the repetitions (ACC-4). */
  | {
      readonly type: 'once'
      readonly account: string
      readonly key: string
      readonly bodyHash: string
      readonly now: Instant
      readonly until: Instant
      readonly answer: Json
    }

/** Everything that can ever be written. Those marked (refuses) can refuse the whole bundle; bulk ones skip single items instead. */
export type Change =
  /** (refuses) Inserts at `expect: 'absent'`, else replaces version `expect`. `keys` are unique within their scope ('' = all accounts) and replace the former ones; left out, the former ones stay. */
  | {
      readonly type: 'record.put'
      readonly record: Omit<StoredRecord, 'version'>
      readonly expect: 'absent' | number
      readonly keys?: readonly UniqueKey[]
    }
  /** (refuses) Removes the record, its keys, and the holds it has on others. */
  | {
      readonly type: 'record.drop'
      readonly kind: string
      readonly account: string
      readonly id: string
      readonly expect?: number
    }
  /** (refuses) Adds `by` to a counter that never passes `limit` (DOM-1, SND-1). */
  | { readonly type: 'slot'; readonly key: string; readonly by: 1 | -1; readonly limit: number }
  /** (refuses if `ref` does not exist) `by` uses the record `ref`, or uses it no longer. Repeating it changes nothing. */
  | {
      readonly type: 'hold'
      readonly kind: string
      readonly account: string
      readonly ref: string
      readonly by: string
      readonly on: boolean
    }
  /** (refuses) One hit for each key; at most `limit` hits of a key lie within (at − windowMs, at] (TRG-3). */
  | {
      readonly type: 'window.take'
      readonly keys: readonly string[]
      readonly at: Instant
      readonly windowMs: number
      readonly limit: number
    }
  /**
   * Books at least `least` hits of a key, `count` of them if left out, at the earliest instant from `from` on at which no `windowMs` then holds more than `limit` of its hits;
   * as many as there is room for at that instant, up to `count`. Those booked before stay where they are, also later ones. `unused` ones of a former
   * booking are removed first. Outcome: instant and number. `count` is at most `limit`; with 0 nothing is booked. Keys that are booked are not taken by
   * window.take, and always have the same window.
   */
  | {
      readonly type: 'window.book'
      readonly key: string
      readonly count: number
      readonly least?: number
      readonly from: Instant
      readonly windowMs: number
      readonly limit: number
      readonly unused?: { readonly at: Instant; readonly count: number }
    }
  /** (refuses) Grants exactly `count` of the day. A day that has no row yet opens with `ceiling`; later ceilings come by quota.raise (TSK-6). */
  | {
      readonly type: 'quota.take'
      readonly scope: string
      readonly day: string
      readonly count: number
      readonly ceiling: number
    }
  | { readonly type: 'quota.return'; readonly scope: string; readonly day: string; readonly count: number }
  /** Lifts the ceiling to at least `to`, opening the day if need be. */
  | { readonly type: 'quota.raise'; readonly scope: string; readonly day: string; readonly to: number }
  /** Nothing more is granted on that day (TSK-10). Opens the day with ceiling 0 if need be. */
  | { readonly type: 'quota.block'; readonly scope: string; readonly day: string }
  /**
   * Inserts each row that has no rival of the same (kind, key). A rival stays as it is, but with `sooner` it becomes due at
   * the earlier instant; if it is leased just then, it becomes due again when its holder finishes or releases it.
   */
  | { readonly type: 'work.put'; readonly items: readonly NewWork[]; readonly sooner?: boolean }
  /** The holder renews its lease and may start rows up to `startedThrough`. Outcome: still held?, and the epochs watched. */
  | {
      readonly type: 'work.advance'
      readonly id: string
      readonly token: string
      readonly startedThrough: number
      readonly leaseUntil: Instant
      readonly watch: readonly string[]
    }
  /** The holder gives it back, due at `dueAt` or when it was rung meanwhile. `ref` and `lane` replace the former ones; startedThrough becomes 0. */
  | { readonly type: 'work.release'; readonly items: readonly WorkRelease[] }
  /** The holder is done with it: the row goes, unless it was rung meanwhile, then it is due again. */
  | { readonly type: 'work.finish'; readonly items: readonly { readonly id: string; readonly token: string }[] }
  /** Removes work nobody needs any more, whoever holds it. */
  | { readonly type: 'work.drop'; readonly kind: string; readonly parent: string }
  /** Inserts each message that is absent and counts its facts in `cells`; `follow` is work about those of its items that win. */
  | {
      readonly type: 'settle'
      readonly shard: number
      readonly items: readonly Observation[]
      readonly follow?: readonly FollowUp[]
    }
  /** Adds to counters that no message stands behind. Repeating it counts again: it belongs under a guard. */
  | { readonly type: 'count'; readonly shard: number; readonly items: readonly CountItem[] }
  /**
   * The row takes the place of the former one of the same id, whole. With `unlessLater` a former one that ends as late or later (null is the
   * latest) stays as it is, so that news that comes late shortens nothing, in whatever order it comes.
   */
  | { readonly type: 'block.put'; readonly items: readonly BlockRow[]; readonly unlessLater?: boolean }
  | { readonly type: 'block.drop'; readonly items: readonly Pick<BlockRow, 'kind' | 'account' | 'scope' | 'key'>[] }
  /** Work in flight that watches the key learns of it at its next advance (REL-5). */
  | { readonly type: 'epoch.bump'; readonly keys: readonly string[] }
  /** Rows of a group, invisible until the group's record says how far each lane goes. Repeating the same rows changes nothing. */
  | {
      readonly type: 'recipients.append'
      readonly group: string
      readonly generation: number
      readonly rows: readonly RecipientRow[]
    }
  /** Removes a whole generation, or only its rows from `from[lane]` on (lanes not named: all of their rows). */
  | {
      readonly type: 'recipients.drop'
      readonly group: string
      readonly generation: number
      readonly from?: Readonly<Record<string, number>>
    }
  /** One person's rows become tombstones: `tombstone` for mailbox and key, each value ''. Places, order and number stay. */
  | {
      readonly type: 'recipients.erase'
      readonly group: string
      readonly generation: number
      readonly key: string
      readonly tombstone: string
    }
  /**
   * One person's messages and events become tombstones: `tombstone` for mailbox, recipientKey and person, '' for lastReply, {} for detail.
   * What was counted stays. `acceptedBefore`: only messages accepted before it, with their events. Outcome: how many messages. An event stored later gets the message's person, see EventRow; a reply stored later by
   * an attempt that was under way stays, and so does a message whose row was not there yet: erase again when those have ended, under the
   * recipientKey and under the tombstone.
   */
  | {
      readonly type: 'erase'
      readonly account: string
      readonly recipientKey: string
      readonly tombstone: string
      readonly acceptedBefore?: Instant
    }
  /** Removes the oldest rows before an instant, at most `limit` of them, of all accounts. Outcome: how many; fewer than `limit` means that none is left. */
  | { readonly type: 'purge'; readonly rows: PurgedRows; readonly before: Instant; readonly limit: number }
  /**
   * Brings what the cubes sender and recipient counted before an instant into whatever form is read fastest, at most `limit` rows of the adapter's own.
   * Changes no answer. Outcome: how many; fewer than `limit` means that little is left. An adapter that has but one form answers 0.
   */
  | { readonly type: 'fold'; readonly before: Instant; readonly limit: number }

/** Events by `at`; messages by acceptedAt, with their events, which are not counted; cells of a cube by bucket, whole. Equally old ones in any order. */
export type PurgedRows = 'events' | 'messages' | `tallies.${'sender' | 'recipient' | 'day' | 'live'}`

/** Work about several items of one settle. It is put (as by work.put) with the parts of the winning items as `ref.parts`, in their order; without any it is not put. Its key must be this settle's own: what is lost to a rival is lost. */
export interface FollowUp {
  readonly work: NewWork
  readonly parts: readonly { readonly item: number; readonly part: Json }[]
}

export interface CountItem {
  readonly cells: readonly CellKey[]
  readonly counter: Counter
  /** 1 or more. */
  readonly by: number
}

export interface UniqueKey {
  readonly scope: string
  readonly key: string
}

export interface WorkRelease {
  readonly id: string
  readonly token: string
  readonly dueAt: Instant
  readonly lane?: string
  readonly ref?: NewWork['ref']
}

/**
 * One thing seen about one message: its first outcome, a later attempt, or an event.
 *
 * The item wins if the message was absent and `insert` put it there, or `attempt` is higher than the stored one, or `facts` has bits
 * that the message had not, or `event` is new. A losing item is skipped with all that hangs on it. For a winning one: its bits are
 * ORed in; each newly set bit counts once in the counter of that name in every cell; if the event is new, `raw` counts once
 * in every cell; if `attempt` is not lower than the stored one, attempt, lastAt and lastReply are taken over; the block
 * and the follow-up work are put as by block.put with `unlessLater` and by work.put. The order and the number of repetitions change no number.
 *
 * A mail counts in one bucket for good, that of its insert. If the message was there before and its bucket is not 0, the cells of the cubes
 * sender and recipient are counted in that one, and the event gets it for its sentAt, whatever the caller thought it was.
 */
export interface Observation {
  readonly message: string
  readonly insert: MessageRow | null
  readonly facts: number
  readonly attempt: number
  readonly at: Instant
  readonly reply: string
  readonly event: EventRow | null
  readonly raw: Counter | null
  readonly cells: readonly CellKey[]
  readonly block: BlockRow | null
  readonly work: NewWork | null
}

/** All or none. */
export interface Bundle {
  readonly guards: readonly Guard[]
  readonly changes: readonly Change[]
}

/** Why a bundle was not applied. */
export type Refusal =
  | { readonly type: 'absent'; readonly id: string }
  | { readonly type: 'version'; readonly id: string }
  | { readonly type: 'key-taken'; readonly scope: string; readonly key: string }
  | { readonly type: 'lease-lost'; readonly work: string }
  | { readonly type: 'held'; readonly ref: string; readonly by: readonly string[] }
  | { readonly type: 'repeated'; readonly sameBody: boolean; readonly answer: Json }
  | { readonly type: 'slot-full'; readonly key: string; readonly limit: number }
  | { readonly type: 'window-full'; readonly keys: readonly string[] }
  | {
      readonly type: 'quota'
      readonly scope: string
      readonly day: string
      readonly granted: number
      readonly ceiling: number
      readonly blocked: boolean
    }

/** What a change of an applied bundle says, index by index. */
export type Outcome =
  | { readonly type: 'done' }
  /** Of bulk changes: indexes of the items that were skipped. */
  | { readonly type: 'bulk'; readonly lost: readonly number[] }
  /** Of erase, purge and fold. */
  | { readonly type: 'counted'; readonly count: number }
  /** Of window.book. */
  | { readonly type: 'booked'; readonly at: Instant; readonly count: number }
  | { readonly type: 'advanced'; readonly held: boolean; readonly epochs: readonly number[] }

export type BundleResult =
  | { readonly applied: true; readonly outcomes: readonly Outcome[] }
  | { readonly applied: false; readonly refusal: Refusal }
