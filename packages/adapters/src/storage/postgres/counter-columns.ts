import { COUNTERS, type Counter } from '@mailwright/core'

const quoted = (counter: Counter): string => `"${counter}"`

/** All columns, in the order of COUNTERS. A counter at 0 is null: most cells have three that are not, and rows are half as long. */
export const counterColumns: readonly string[] = COUNTERS.map(quoted)

/** Counters that are mostly counted together: what a call does not count of, it does not name. Few groups, so that few statements are planned. */
const together: readonly (readonly Counter[])[] = [
  ['accepted', 'handedOver', 'delivered'],
  [
    'opened',
    'humanOpened',
    'clicked',
    'unsubscribed',
    'complained',
    'opens',
    'clicks',
    'machineOpens',
    'machineClicks',
  ],
  ['refused'],
]
const others: readonly Counter[] = COUNTERS.filter((counter) => !together.some((group) => group.includes(counter)))
const groups: readonly (readonly number[])[] = [...together, others].map((group) =>
  group.map((counter) => COUNTERS.indexOf(counter)),
)

/** Indexes in COUNTERS of all that are counted together with any of those used. */
export const groupsOf = (isUsed: (index: number) => boolean): readonly number[] =>
  groups.filter((group) => group.some(isUsed)).flat()

/** `set` of an upsert that adds to the row `t`. */
export const adding = (columns: readonly string[]): string =>
  columns.map((name) => `${name} = coalesce(t.${name} + excluded.${name}, t.${name}, excluded.${name})`).join(', ')

/** Sums of all counters, null where nothing was counted. */
export const summed = counterColumns.map((name) => `sum(${name})::int8`).join(', ')

/** The same with names, 0 where nothing was counted. */
export const summedByName = counterColumns.map((name) => `coalesce(sum(${name}), 0)::int8 as ${name}`).join(', ')
