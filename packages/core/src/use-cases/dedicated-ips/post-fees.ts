import {
  endsIn,
  feePosting,
  firstDay,
  monthFees,
  monthOf,
  monthsFrom,
  nextMonth,
  returnPosting,
} from '../../domain/billing/index.js'
import type { Change } from '../../ports/changes.js'
import { todayOf } from '../allowance.js'
import { refusalError, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { type Stored, updateRecord } from '../stored.js'
import type { Chore } from '../upkeep/chores.js'
import { allIps, endOf, usageOf } from './bill-ips.js'
import { ledgerEntry, nextBilling } from './ledger.js'

/**
 * On the 1st: posts the fees of every month that is over and not posted yet, and gives back what was set aside for IPs whose use has ended (DIP-6). However
 * often it runs, and wherever it was killed, each fee is posted once. Due again as long as the account has IPs to bill.
 */
export const postFees: Chore = async (ctx, { account }) => {
  const { day: today } = todayOf(ctx, ctx.clock.now())
  for (;;) {
    const ips = await allIps(ctx, account)
    const open = ips.filter(({ state, data }) => state !== 'settled' && data.price > 0)
    const posted = await Promise.all(open.map((one) => post(ctx, one, ips, today)))
    if (posted.includes('rival')) continue
    return posted.includes('open') ? nextBilling(ctx, today) : null
  }
}

/** `open`: there will be more to post; `rival`: it was changed meanwhile. */
async function post(
  ctx: Context,
  one: Stored<'dedicated-ip'>,
  ips: readonly Stored<'dedicated-ip'>[],
  today: string,
): Promise<'open' | 'settled' | 'rival'> {
  const { data } = one
  const first = data.billed === null ? monthOf(data.since) : nextMonth(data.billed)
  const due = monthsFrom(first, monthOf(today)).slice(0, -1)
  const entries: Change[] = []
  let last = 0
  const now = ctx.clock.now()
  for (const month of due) {
    const day = firstDay(nextMonth(month))
    const usages = ips.filter((other) => other.data.ip === data.ip).map(usageOf)
    const fee = monthFees(usages, month, endOf(month)).find(({ usage }) => usage.id === one.id)
    if (!fee) continue
    if (endsIn(fee.usage, month)) last = fee.fee
    const at = { now, day, period: month, activeDays: fee.activeDays }
    entries.push(...feePosting(fee, month).map((posting) => ledgerEntry(one, posting, at)))
  }
  const billed = due.at(-1) ?? data.billed
  const ended = data.until === null ? null : monthOf(data.until)
  const over = ended !== null && billed !== null && ended <= billed
  if (over) {
    const at = { now, day: firstDay(nextMonth(ended)), period: '' }
    entries.push(...returnPosting(data, last).map((posting) => ledgerEntry(one, posting, at)))
  }
  const state = over ? 'settled' : one.state
  if (billed === data.billed && state === one.state) return 'open'
  // As a guard too, so that its version is what a rival's posting is known by, and not the entries that stand already.
  const unmoved = { type: 'present', kind: one.kind, account: one.account, id: one.id, version: one.version } as const
  const changes = [...entries, updateRecord(one, { state, data: { billed } })]
  const result = await tryBundle(ctx, { guards: [unmoved], changes })
  if (result.applied) return over ? 'settled' : 'open'
  if (result.refusal.type === 'version' && result.refusal.id === one.id) return 'rival'
  throw refusalError(result.refusal)
}
