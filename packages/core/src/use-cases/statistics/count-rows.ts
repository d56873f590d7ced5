import { addCounts, noCounts } from '../../domain/statistics/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { Counts } from '../../ports/counters.js'
import type { Dimension } from '../../ports/reads.js'
import type { CellKey } from '../../ports/rows.js'
import type { Context } from '../context.js'
import type { KeptDimension, OpenQuestion } from './open-question.js'
import { partsOfBoth } from './tag-groups.js'

const DAY = 86_400_000
/** Distinct people do not add up, so each value of a tag is a question of its own. */
const TAG_VALUES_MAX = 100

/** What a row is about, in the order rows are sorted by: the period's start, the dimensions, the tag. null: not asked for, or without the tag. */
export type RowKey = readonly (string | number | null)[]

export interface CountedRow {
  readonly key: RowKey
  readonly counts: Counts
}

const order: readonly KeptDimension[] = ['domain', 'recipientDomain', 'template', 'task']

const keyOf = (open: OpenQuestion, cell: Pick<CellKey, Dimension>, tag: string | null): RowKey => [
  open.step ? cell.bucket : null,
  ...order.map((one) => (open.kept.includes(one) ? cell[one] : null)),
  tag,
]

/** By key; null before everything else. */
export function compareKeys(a: RowKey, b: RowKey): number {
  for (const [at, one] of a.entries()) {
    const other = b[at] ?? null
    if (one === other) continue
    if (one === null) return -1
    if (other === null) return 1
    return one < other ? -1 : 1
  }
  return 0
}

/** The groups that have anything, and what all mail of the question adds up to. */
export async function countRows(
  ctx: Context,
  open: OpenQuestion,
): Promise<{ readonly rows: readonly CountedRow[]; readonly total: Counts }> {
  const { account, cube, from, to, lists, tags, step, edges } = open
  const forTags = tags ? (['domain', 'task'] as const) : []
  const tallies = await ctx.storage.read.tallies({
    cube,
    account,
    from,
    to,
    ...lists,
    by: [...(step ? (['bucket'] as const) : []), ...new Set([...open.kept, ...forTags])],
    ...(step ? { edges } : {}),
  })
  const groups = new Map<string, { readonly key: RowKey; readonly parts: Counts[] }>()
  for (const { cell, counts } of tallies) {
    const key = keyOf(open, cell, tags?.valueOf(cell) ?? null)
    const name = JSON.stringify(key)
    const group = groups.get(name)
    if (group) group.parts.push(counts)
    else groups.set(name, { key, parts: [counts] })
  }
  const rows = [...groups.values()]
    .map(({ key, parts: [first = noCounts, ...rest] }) => ({
      key,
      counts: rest.length > 0 ? addCounts([first, ...rest]) : first,
    }))
    .sort((a, b) => compareKeys(a.key, b.key))
  return { rows, total: addCounts(rows.map(({ counts }) => counts)) }
}

/** Distinct people behind events: of a row by its key, and of the whole question. */
export interface PeopleBehind {
  of(key: RowKey): number
  readonly total: number
}

/** null: some of the events are no longer kept (DLV-4). @throws INPUT_INVALID for a tag with too many values. */
export async function peopleBehind(
  ctx: Context,
  open: OpenQuestion,
  kinds: readonly string[],
): Promise<PeopleBehind | null> {
  const { account, from, to, lists, tags, step, edges, kept } = open
  if (from < ctx.clock.now() - ctx.policy.retention.eventsDays * DAY) return null
  if (tags && tags.values.length > TAG_VALUES_MAX)
    throw new MailError('INPUT_INVALID', { field: 'users', expected: `a tag with at most ${TAG_VALUES_MAX} values` })
  const found = new Map<string, number>()
  const range = { kinds, account, from, to, ...lists }
  for (const tag of tags ? [null, ...tags.values] : [null]) {
    const parts = tags?.partsOf(tag)
    const groups = await ctx.storage.read.people({
      ...range,
      ...(parts ? { anyOf: lists.anyOf ? partsOfBoth(lists.anyOf, parts) : parts } : {}),
      by: [...(step ? (['bucket'] as const) : []), ...kept],
      ...(step ? { edges } : {}),
    })
    for (const { cell, people } of groups) found.set(JSON.stringify(keyOf(open, cell, tag)), people)
  }
  const [all] = await ctx.storage.read.people({ ...range, by: [] })
  return { of: (key) => found.get(JSON.stringify(key)) ?? 0, total: all?.people ?? 0 }
}
