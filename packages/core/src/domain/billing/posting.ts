import { MailError } from '../../errors/mail-error.js'
import type { MonthFee, Usage } from './fee.js'
import { monthOf } from './months.js'

/** Whose money: the tenant's, what is set aside of it, and what the operator has earned. */
export type LedgerAccount = 'customer' | 'frozen' | 'fees'

/** One entry of the ledger. Whole minor units; the lines of every posting add up to 0. */
export interface Posting {
  readonly type: 'freeze' | 'fee' | 'return'
  readonly lines: readonly { readonly account: LedgerAccount; readonly amount: number }[]
}

function posting(type: Posting['type'], from: LedgerAccount, to: LedgerAccount, amount: number): readonly Posting[] {
  if (!Number.isSafeInteger(amount) || amount < 0)
    throw new MailError('INPUT_INVALID', { field: 'amount', expected: 'whole minor units that can be counted exactly' })
  if (amount === 0) return []
  const lines = [
    { account: from, amount: -amount },
    { account: to, amount },
  ]
  return [{ type, lines }]
}

/** At its allocation a month's price of an IP is set aside. */
export const freezePosting = ({ price }: Pick<Usage, 'price'>): readonly Posting[] =>
  posting('freeze', 'customer', 'frozen', price)

/** In the month in which its use ended the fee is taken from what was set aside, else from the tenant. */
export const feePosting = ({ usage, fee }: MonthFee, month: string): readonly Posting[] =>
  posting('fee', endsIn(usage, month) ? 'frozen' : 'customer', 'fees', fee)

/** Once its use has ended and its last month is posted, what is left of the sum set aside goes back. `last`: that month's fee, if it was taken from it. */
export const returnPosting = ({ price }: Pick<Usage, 'price'>, last: number): readonly Posting[] =>
  posting('return', 'frozen', 'customer', price - last)

export const endsIn = ({ until }: Usage, month: string): boolean => until !== null && monthOf(until) === month

export type Balances = Readonly<Record<LedgerAccount, number>>

export function balances(postings: readonly Pick<Posting, 'lines'>[]): Balances {
  const sums = { customer: 0, frozen: 0, fees: 0 }
  for (const { lines } of postings) for (const { account, amount } of lines) sums[account] += amount
  return sums
}
