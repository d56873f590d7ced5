import type { Instant } from '../../ports/clock.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** A month of retention is never shorter than one of the calendar. */
const MONTH = 31 * DAY

/** How long each kind of thing is kept (DLV-4). */
export interface Retention {
  readonly eventsDays: number
  readonly contentsDays: number
  readonly messagesDays: number | null
  readonly statisticsMonths: number
  readonly liveHours: number
  readonly auditDays: number
}

/** Of each kind, what is older than this goes; null: nothing does. */
export interface Cutoffs {
  readonly events: Instant
  readonly contents: Instant
  readonly messages: Instant | null
  readonly statistics: Instant
  readonly live: Instant
  readonly audit: Instant
}

export const cutoffsAt = (kept: Retention, now: Instant): Cutoffs => ({
  events: now - kept.eventsDays * DAY,
  contents: now - kept.contentsDays * DAY,
  messages: kept.messagesDays === null ? null : now - kept.messagesDays * DAY,
  statistics: now - kept.statisticsMonths * MONTH,
  live: now - kept.liveHours * HOUR,
  audit: now - kept.auditDays * DAY,
})
