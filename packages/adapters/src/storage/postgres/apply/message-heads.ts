import type { MessageRow } from '@mailwright/core'
import { toBytes } from '../text.js'

/** What the messages of one flush have in common is written once, with the range of their ids: the way from a list to its messages. */
interface Head {
  readonly n: number
  readonly account: string
  readonly task: string
  readonly origin: string
  readonly lane: string
  readonly sender_domain: string
  readonly template: string
  readonly accepted_at: number
  id_from: string
  id_to: string
}

const sameHead = (a: MessageRow, b: MessageRow): boolean =>
  a.lane === b.lane &&
  a.origin === b.origin &&
  a.task === b.task &&
  a.template === b.template &&
  a.senderDomain === b.senderDomain &&
  a.account === b.account

const newHead = (row: MessageRow, n: number, bytes: string): Head => ({
  n,
  account: row.account,
  task: toBytes(row.task),
  origin: toBytes(row.origin),
  lane: row.lane,
  sender_domain: row.senderDomain,
  template: toBytes(row.template),
  accepted_at: row.acceptedAt,
  id_from: bytes,
  id_to: bytes,
})

/** What few rows differ in: sent once for each combination instead of once for each row. */
interface Shape {
  readonly at: number
  readonly head: number
  readonly facts: number
  readonly attempt: number
  readonly bucket: number
}

/** A head with its first row and its shapes. */
interface Family {
  readonly head: Head
  readonly first: MessageRow
  readonly shapes: Shape[]
}

/** Rows in the order of their ids, put into families by comparing: a name for each row would be made, hashed and thrown away. */
export const headsOf = (sorted: readonly { readonly row: MessageRow; readonly bytes: string }[]) => {
  const heads: Head[] = []
  const shapes: Shape[] = []
  const families = new Map<number, Family[]>()
  const familyOf = (row: MessageRow, bytes: string): Family => {
    const alike = families.get(row.acceptedAt) ?? []
    const known = alike.find(({ first }) => sameHead(first, row))
    if (known !== undefined) return known
    const head = newHead(row, heads.length + 1, bytes)
    heads.push(head)
    const family: Family = { head, first: row, shapes: [] }
    alike.push(family)
    families.set(row.acceptedAt, alike)
    return family
  }
  const shapeOfRow = sorted.map(({ row, bytes }) => {
    const family = familyOf(row, bytes)
    family.head.id_to = bytes
    const { facts, attempt, bucket } = row
    const known = family.shapes.find((one) => one.facts === facts && one.attempt === attempt && one.bucket === bucket)
    if (known !== undefined) return known.at
    const shape = { at: shapes.length + 1, head: family.head.n, facts, attempt, bucket }
    shapes.push(shape)
    family.shapes.push(shape)
    return shape.at
  })
  return { heads, shapes, shapeOfRow }
}
