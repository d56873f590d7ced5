import { createHash } from 'node:crypto'
import type { Change } from '../ports/changes.js'
import type { Instant } from '../ports/clock.js'
import type { Context } from './context.js'

export const HOUR = 3_600_000

/** Whose mails of the last hour are counted together (TRG-3). A hash: windows stay a while, and erasing a person does not find them (GRP-8). */
export const frequencyKey = (account: string, recipientKey: string): string =>
  createHash('sha256').update(`${account} ${recipientKey}`).digest('base64url')

/** One mail more to each of them, if the hour has room for it. */
export const frequencyWindow = (
  { policy }: Pick<Context, 'policy'>,
  keys: readonly string[],
  at: Instant,
): Extract<Change, { type: 'window.take' }> => ({
  type: 'window.take',
  keys,
  at,
  windowMs: HOUR,
  limit: policy.frequencyPerHour,
})
