import {
  type CellKey,
  COUNTERS,
  type Dimension,
  type DimensionFilter,
  type DimensionPart,
  type Tally,
} from '@mailwright/core'
import { type State, same } from './rows.js'

type Dimensions = Pick<CellKey, Dimension>

const all: readonly Dimension[] = ['bucket', 'domain', 'recipientDomain', 'template', 'task']

export const isAsked = (filter: DimensionFilter, row: Dimensions): boolean =>
  (filter.domains === undefined || filter.domains.includes(row.domain)) &&
  (filter.recipientDomains === undefined || filter.recipientDomains.includes(row.recipientDomain)) &&
  (filter.templates === undefined || filter.templates.includes(row.template)) &&
  (filter.tasks === undefined || filter.tasks.includes(row.task)) &&
  (filter.anyOf === undefined || filter.anyOf.some((part) => isPartOf(part, row)))

const isPartOf = (part: DimensionPart, row: Dimensions): boolean =>
  (part.domains ?? [row.domain]).includes(row.domain) &&
  (part.tasks ?? [row.task]).includes(row.task) &&
  !(part.exceptDomains ?? []).includes(row.domain) &&
  !(part.exceptTasks ?? []).includes(row.task)

/** The row's dimensions as far as they are asked for. */
const blanked = <T extends Dimensions>({ by = all, edges = [] }: DimensionFilter, row: T): Dimensions => {
  const before = edges.filter((edge) => edge <= row.bucket)
  const bucket = edges.length === 0 ? row.bucket : (before[before.length - 1] ?? edges[0] ?? 0)
  const { domain, recipientDomain, template, task } = row
  const values: Dimensions = { bucket, domain, recipientDomain, template, task }
  return Object.fromEntries(
    all.map((one) => [one, by.includes(one) ? values[one] : one === 'bucket' ? 0 : '']),
  ) as unknown as Dimensions
}

/** Each group with its rows. */
export const grouped = <T extends Dimensions>(
  filter: DimensionFilter,
  rows: readonly T[],
): readonly { readonly cell: Dimensions; readonly rows: readonly T[] }[] => {
  const cells = rows.map((row) => blanked(filter, row))
  const groups = cells.filter((cell, at) => cells.findIndex((one) => same(one, cell)) === at)
  return groups.map((cell) => ({ cell, rows: rows.filter((row) => same(blanked(filter, row), cell)) }))
}

export const talliesOf = (
  filter: DimensionFilter,
  cube: CellKey['cube'],
  counted: State['counted'],
): readonly Tally[] =>
  grouped(
    filter,
    counted.map(({ cell, counter, times }) => ({ ...cell, counter, times })),
  ).map(({ cell, rows }) => {
    const sum = (counter: string) =>
      rows.filter((row) => row.counter === counter).reduce((total, { times }) => total + times, 0)
    const counts = Object.fromEntries(COUNTERS.map((counter) => [counter, sum(counter)])) as Tally['counts']
    return { cell: { cube, account: filter.account, ...cell }, counts }
  })
