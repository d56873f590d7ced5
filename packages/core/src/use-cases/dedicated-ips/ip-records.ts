import type { Posting } from '../../domain/billing/index.js'
import type { Scenario } from '../../domain/dedicated-ip/index.js'
import type { Tags } from '../../domain/tags/index.js'
import type { Instant } from '../../ports/clock.js'

/** An address of the operator's inventory. Of no account: whose it is stands in the allocation. */
export interface PoolIpData {
  readonly ip: string
  readonly ehlo: string
  readonly relay: string | null
  /** The allocation it is given to. */
  readonly allocation: string | null
  /** The end of its last cool-down; null: it was never used. */
  readonly coolUntil: Instant | null
}

/** One IP in the hands of one account: `active`, `ended` until its money is settled, `settled`. Kept for the bills. */
export interface DedicatedIpData {
  readonly ip: string
  readonly scenario: Scenario | null
  readonly tags: Tags
  /** Ids of the domains whose mail leaves from it. */
  readonly domains: readonly string[]
  /** Minor units per month, as agreed when it was applied for. */
  readonly price: number
  readonly startedAt: Instant
  /** Calendar days of the policy's zone at that time: a zone that is changed later moves no bill. */
  readonly since: string
  readonly until: string | null
  /** The last month that is posted. */
  readonly billed: string | null
}

/** Whether an account has the service, and every agreement it gave (DIP-1). */
export interface IpServiceData {
  readonly agreements: readonly { readonly at: Instant; readonly terms: string }[]
  readonly closedAt: Instant | null
  /** Allocations so far: each one moves the record, so that closing and applying never pass each other. */
  readonly allocations: number
}

/** Never changed, never removed (DIP-6). */
export interface LedgerEntryData extends Posting {
  readonly allocation: string
  readonly ip: string
  /** The calendar day it belongs to. */
  readonly day: string
  /** As they were when it was posted: a later change of tags moves no posted fee to another group. */
  readonly tags: Tags
  readonly activeDays: number
}
