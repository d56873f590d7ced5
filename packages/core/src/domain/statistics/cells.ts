import type { Instant } from '../../ports/clock.js'
import type { CellKey } from '../../ports/rows.js'

const QUARTER = 15 * 60_000
const MINUTE = 60_000

/**
 * What statistics count a mail in, as the instant it starts: the quarter of an hour it was sent in, whatever comes later (STA-2). A quarter, because
 * the days of every zone in use start at one: Kolkata's at 18:30 UTC, Kathmandu's at 18:15 (docs/decisions/0015).
 */
export function quarterBucket(at: Instant): Instant {
  return Math.floor(at / QUARTER) * QUARTER
}

/** The first instant of the minute: the step of the live series. */
export function minuteBucket(at: Instant): Instant {
  return Math.floor(at / MINUTE) * MINUTE
}

/** What a mail is counted by. `task` is '' for trigger and regular mail, `template` for mail without one. */
export interface Counted {
  readonly account: string
  /** When it was accepted, or first taken up from its group. */
  readonly at: Instant
  readonly senderDomain: string
  readonly recipientDomain: string
  readonly template: string
  readonly task: string
}

/** Where a mail counts at the minute something becomes of it: the live series (DLV-1), kept for hours only. */
export const liveCellOf = (
  mail: Pick<Counted, 'account' | 'senderDomain' | 'recipientDomain'>,
  now: Instant,
): CellKey => ({
  cube: 'live',
  account: mail.account,
  bucket: minuteBucket(now),
  domain: mail.senderDomain,
  recipientDomain: mail.recipientDomain,
  template: '',
  task: '',
})

/**
 * The two cells of a mail. `sender` leaves the recipient domain out, so that questions which do not ask for it add up few
 * cells; `recipient` has every dimension. Both hold the same totals.
 */
export function cellsOf(mail: Counted): readonly [CellKey, CellKey] {
  const { account, senderDomain: domain, recipientDomain, template, task } = mail
  const bucket = quarterBucket(mail.at)
  return [
    { cube: 'sender', account, bucket, domain, recipientDomain: '', template, task },
    { cube: 'recipient', account, bucket, domain, recipientDomain, template, task },
  ]
}
