export { type BillGroup, type BillLine, groupByTag, totalOf } from './bill.js'
export { activeDays, halfUp, type MonthFee, monthFees, type Usage } from './fee.js'
export { daysInMonth, firstDay, monthOf, monthsFrom, nextMonth } from './months.js'
export {
  type Balances,
  balances,
  endsIn,
  feePosting,
  freezePosting,
  type LedgerAccount,
  type Posting,
  returnPosting,
} from './posting.js'
