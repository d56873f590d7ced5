import type { CellKey, Dimension, DimensionFilter } from '@mailwright/core'
import type { Param } from '../client.js'
import { bytesArray, numberArray, textArray, toBytes } from '../text.js'

/** Columns are named as in the tables tally and event; those that were not asked for are missing. */
export interface GroupSqlRow {
  readonly bucket?: number
  readonly domain?: string
  readonly recipient_domain?: string
  readonly template?: string
  readonly task?: string
}

const all: readonly Dimension[] = ['bucket', 'domain', 'recipientDomain', 'template', 'task']
const columnOf = {
  domain: 'domain',
  recipientDomain: 'recipient_domain',
  template: 'template',
  task: 'task',
} as const satisfies Record<Exclude<Dimension, 'bucket'>, string>

/** Pushes its parameters. */
export const conditionsOf = (filter: DimensionFilter, params: Param[]): readonly string[] => {
  const texts = (values: readonly string[]): string => `($${params.push(textArray(values))}::text[])`
  const ids = (values: readonly string[]): string => `($${params.push(bytesArray(values.map(toBytes)))}::bytea[])`
  const where: string[] = []
  if (filter.domains !== undefined) where.push(`domain = any${texts(filter.domains)}`)
  if (filter.recipientDomains !== undefined) where.push(`recipient_domain = any${texts(filter.recipientDomains)}`)
  if (filter.templates !== undefined) where.push(`template = any${ids(filter.templates)}`)
  if (filter.tasks !== undefined) where.push(`task = any${ids(filter.tasks)}`)
  if (filter.anyOf === undefined) return where
  const parts = filter.anyOf.map(({ domains, exceptDomains, tasks, exceptTasks }) => {
    const part = ['true']
    if (domains !== undefined) part.push(`domain = any${texts(domains)}`)
    if (exceptDomains !== undefined) part.push(`domain <> all${texts(exceptDomains)}`)
    if (tasks !== undefined) part.push(`task = any${ids(tasks)}`)
    if (exceptTasks !== undefined) part.push(`task <> all${ids(exceptTasks)}`)
    return part.join(' and ')
  })
  return [...where, `(${['false', ...parts].join(' or ')})`]
}

/** The greatest edge that is not after the bucket; before the first one, the first. */
const bucketOf = (column: string, edges: readonly number[] | undefined, params: Param[]): string => {
  if (edges === undefined || edges.length === 0) return column
  const list = `$${params.push(numberArray(edges))}::int8[]`
  return `(${list})[greatest(1, width_bucket(${column}, ${list}))]`
}

export interface Grouping {
  /** What is selected of the dimensions. */
  readonly columns: readonly string[]
  /** What that is called outside. */
  readonly names: readonly string[]
  /** The end of a statement that begins with either: one row for all, or none if there is nothing, when nothing is kept apart. */
  readonly groupBy: string
}

export const groupingOf = ({ by = all, edges }: DimensionFilter, bucket: string, params: Param[]): Grouping => {
  const kept = all.filter((dimension) => by.includes(dimension))
  const names = kept.map((dimension) => (dimension === 'bucket' ? 'bucket' : columnOf[dimension]))
  const columns = names.map((name) => (name === 'bucket' ? `${bucketOf(bucket, edges, params)} as bucket` : name))
  if (names.length === 0) return { columns, names, groupBy: 'having count(*) > 0' }
  return { columns, names, groupBy: `group by ${names.map((_, index) => index + 1).join(', ')}` }
}

export const toGroup = (row: GroupSqlRow): Pick<CellKey, Dimension> => ({
  bucket: row.bucket ?? 0,
  domain: row.domain ?? '',
  recipientDomain: row.recipient_domain ?? '',
  template: row.template ?? '',
  task: row.task ?? '',
})
