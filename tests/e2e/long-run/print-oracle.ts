import { simulate } from './oracle.js'

/** `npx tsx tests/e2e/long-run/print-oracle.ts 400`: the oracle's own totals, without the product. */
const { days, tasks, levels } = simulate(Number(process.argv[2] ?? 400))
const sum = <T>(all: Readonly<Record<string, T>>, of: (one: T) => number) =>
  Object.values(all).reduce((total, one) => total + of(one), 0)
console.log({
  handedOver: sum(days, (day) => day.handedOver),
  delivered: sum(days, (day) => day.delivered),
  bounced: sum(days, (day) => day.bounced),
  blocked: sum(days, (day) => day.blocked),
  fired: sum(tasks, (task) => task.fired),
  skipped: sum(tasks, (task) => task.skipped),
  waiting: sum(tasks, (task) => task.waiting),
  levels: Object.values(levels).join(' '),
})
