import { firstDay, monthOf, nextMonth, type Posting } from '../../domain/billing/index.js'
import { dayStart } from '../../domain/calendar/index.js'
import type { Change } from '../../ports/changes.js'
import type { Instant } from '../../ports/clock.js'
import type { Context } from '../context.js'
import { insertRecord, type Stored } from '../stored.js'
import { upkeepWork } from '../upkeep/upkeep-work.js'

/** What a fee is asked for by. */
export const feesOf = (month: string): string => `fee:${month}`

/**
 * An entry of the append-only ledger (DIP-6). Its id says what it is for, so that posting it a second time is refused by the storage, whoever does it.
 */
export function ledgerEntry(
  one: Pick<Stored<'dedicated-ip'>, 'account' | 'id' | 'data'>,
  posting: Posting,
  at: { readonly now: Instant; readonly day: string; readonly period: string; readonly activeDays?: number },
): Change {
  const { ip, tags } = one.data
  const { type } = posting
  return insertRecord({
    kind: 'ledger-entry',
    account: one.account,
    id: `ledger:${one.id}:${type}${at.period && ':'}${at.period}`,
    parent: one.id,
    name: type === 'fee' ? feesOf(at.period) : type,
    state: type,
    createdAt: at.now,
    data: { ...posting, allocation: one.id, ip, day: at.day, tags, activeDays: at.activeDays ?? 0 },
  })
}

export const BILLING_CHORE = 'ip-billing'

/** One chore per account: what one tenant's ledger needs never waits for another's. */
export const billingDue = (account: string, dueAt: Instant): Change => ({
  type: 'work.put',
  sooner: true,
  items: [upkeepWork({ name: BILLING_CHORE, of: account, account, dueAt })],
})

/** The 1st of the month after, when the month is posted. */
export const nextBilling = ({ policy }: Pick<Context, 'policy'>, day: string): number =>
  dayStart(firstDay(nextMonth(monthOf(day))), policy.timeZone)
