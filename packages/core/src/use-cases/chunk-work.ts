import type { JsonObject, Work } from '../ports/rows.js'

/** Due again only when it is rung. */
export const PARKED = 8_000_000_000_000_000

/** What a chunk's work row says: which rows of the run, granted on which day ('' if the grant was given back), named by which ids. */
export interface ChunkRef {
  readonly run: string
  readonly account: string
  readonly lane: string
  readonly from: number
  readonly to: number
  readonly quotaDay: string
  readonly idBase: string
  readonly grantedAt: number
  /** Some of the rows are settled: ask before starting. */
  readonly partial: boolean
  /** Rows below this offset may have left with a holder that died, if they are not settled (REL-2). */
  readonly doubtful: number
}

export const chunkRef = (work: Work): ChunkRef => work.ref as unknown as ChunkRef
export const chunkJson = (ref: ChunkRef): JsonObject => ref as unknown as JsonObject

/** What the work row of a single mail says. A batch mail brings its row along, a trigger mail its request. */
export interface MailRef {
  readonly request: string | null
  readonly row: {
    readonly run: string
    readonly domain: string
    readonly lane: string
    readonly seq: number
    readonly mailbox: string
    readonly key: string
    readonly values: readonly string[]
    readonly grantedAt: number
  } | null
  /** The day its allowance was taken, until its first hand-over. */
  readonly quotaDay: string
  /** Handed to a process and never settled: it may have left. */
  readonly mayHaveLeft: boolean
}

export const mailRef = (work: Work): MailRef => work.ref as unknown as MailRef
export const mailJson = (ref: MailRef): JsonObject => ref as unknown as JsonObject
