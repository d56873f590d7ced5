import type { Instant } from '../../ports/clock.js'
import type { CellKey } from '../../ports/rows.js'

const HOUR = 3_600_000

/** The hour (UTC) that statistics count a mail in, as the instant it starts: that of the sending, whatever comes later (STA-2). */
export function hourBucket(at: Instant): Instant {
  return Math.floor(at / HOUR) * HOUR
}

/** What a mail is counted by. `task` is '' for trigger and regular mail, `template` for mail without one. */
export interface Counted {
  readonly account: string
  /** When it was first handed over, or refused. */
  readonly at: Instant
  readonly senderDomain: string
  readonly recipientDomain: string
  readonly template: string
  readonly task: string
}

/**
 * The two cells of a mail. `sender` leaves the recipient domain out, so that questions which do not ask for it add up few
 * cells; `recipient` has every dimension. Both hold the same totals.
 */
export function cellsOf(mail: Counted): readonly [CellKey, CellKey] {
  const { account, senderDomain: domain, recipientDomain, template, task } = mail
  const bucket = hourBucket(mail.at)
  return [
    { cube: 'sender', account, bucket, domain, recipientDomain: '', template, task },
    { cube: 'recipient', account, bucket, domain, recipientDomain, template, task },
  ]
}
