import type { CellKey, Dimension, DimensionFilter, DimensionPart } from '@mailwright/core'

type Dimensions = Pick<CellKey, Dimension>

const all: readonly Dimension[] = ['bucket', 'domain', 'recipientDomain', 'template', 'task']

const isIn = (list: readonly string[] | undefined, value: string): boolean => list === undefined || list.includes(value)

const isOf = (cell: Dimensions) => (part: DimensionPart) =>
  isIn(part.domains, cell.domain) &&
  isIn(part.tasks, cell.task) &&
  !part.exceptDomains?.includes(cell.domain) &&
  !part.exceptTasks?.includes(cell.task)

export const matchesLists = (filter: DimensionFilter, cell: Dimensions): boolean =>
  isIn(filter.domains, cell.domain) &&
  isIn(filter.recipientDomains, cell.recipientDomain) &&
  isIn(filter.templates, cell.template) &&
  isIn(filter.tasks, cell.task) &&
  (filter.anyOf === undefined || filter.anyOf.some(isOf(cell)))

const edgeOf = (edges: readonly number[], bucket: number): number => {
  let edge = edges[0] ?? bucket
  for (const next of edges) {
    if (next > bucket) break
    edge = next
  }
  return edge
}

/** The group a cell belongs to: what is not asked for is blank. */
export const groupCell = (filter: DimensionFilter, cell: Dimensions): Dimensions => {
  const { by = all, edges } = filter
  const bucket = edges === undefined ? cell.bucket : edgeOf(edges, cell.bucket)
  return {
    bucket: by.includes('bucket') ? bucket : 0,
    domain: by.includes('domain') ? cell.domain : '',
    recipientDomain: by.includes('recipientDomain') ? cell.recipientDomain : '',
    template: by.includes('template') ? cell.template : '',
    task: by.includes('task') ? cell.task : '',
  }
}
