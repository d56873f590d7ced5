import { COUNTERS, type Counter, type Counts, type Tally, type TallyFilter } from '@mailwright/core'
import type { Param, SqlClient, SqlSession } from '../client.js'
import { counterColumns, summedByName } from '../counter-columns.js'
import { isFolded, piecesOf, spanWidths } from '../folding.js'
import { toText } from '../text.js'
import { conditionsOf, type GroupSqlRow, groupingOf, toGroup } from './dimensions.js'
import { reporting } from './reporting.js'

const columns = ['bucket', 'domain', 'recipient_domain', 'template', 'task', ...counterColumns].join(', ')

/** Whether sums over whole spans can be part of the answer: they know no time within, and those of recipient domains no template or task. */
const spansSay = ({ cube, by, templates, tasks, anyOf = [] }: TallyFilter): boolean => {
  if (by === undefined || by.includes('bucket')) return false
  if (cube === 'sender') return true
  const lists = [templates, tasks, ...anyOf.flatMap((part) => [part.tasks, part.exceptTasks])]
  return !by.includes('template') && !by.includes('task') && lists.every((list) => list === undefined)
}

type Range = { readonly from: number; readonly to: number }

/** What is open, what is closed, and where they can say it sums of what is closed. */
const sourceOf = (s: string, filter: TallyFilter, floor: number, params: Param[]): string => {
  const { cube, account, tasks } = filter
  const where = [`cube = '${cube}'`, `account = $${params.push(toText(account))}::text`]
  where.push(...conditionsOf(filter, params))
  // Written out, so that the index of those with a task serves.
  if (tasks !== undefined && !tasks.includes('')) where.push(`task <> ''`)
  const part = (table: string, { from, to }: Range, more: string): string =>
    `select ${columns} from ${s}.${table} where ${where.join(' and ')} and ${more}
     bucket >= $${params.push(from)}::int8 and bucket < $${params.push(to)}::int8`
  const closed = isFolded(cube) ? piecesOf(filter.from, filter.to, floor, spansSay(filter) ? spanWidths : []) : []
  const parts = closed.map((piece) =>
    piece.width === 0 ? part('tally_closed', piece, '') : part('tally_span', piece, `width = ${piece.width} and`),
  )
  return [part('tally', filter, ''), ...parts].join(' union all ')
}

// A loop: a question may have ten thousand groups, and making pairs of names and values takes longer than reading them.
const countsOf = (row: Counts): Counts => {
  const counts: Partial<Record<Counter, number>> = {}
  for (const counter of COUNTERS) counts[counter] = row[counter]
  return counts as Counts
}

const ask = async (session: SqlSession, s: string, filter: TallyFilter, floor: number): Promise<readonly Tally[]> => {
  const { cube, account } = filter
  const params: Param[] = []
  const source = sourceOf(s, filter, floor, params)
  const grouping = groupingOf(filter, 'bucket', params)
  const rows = await session.query<Counts & GroupSqlRow>(
    `select ${[...grouping.columns, summedByName].join(', ')} from (${source}) t ${grouping.groupBy}`,
    params,
  )
  return rows.map((row) => ({ cell: { cube, account, ...toGroup(row) }, counts: countsOf(row) }))
}

/** Statistics see one state of what is open, closed and added up, though somebody folds or purges at that moment. */
export const tallies = async (client: SqlClient, s: string, filter: TallyFilter): Promise<readonly Tally[]> => {
  if (!isFolded(filter.cube)) return ask(client, s, filter, 0)
  return reporting(client, async (session) => {
    const [floor] = await session.query<{ bucket: number }>(
      `select bucket from ${s}.tally_floor where cube = $1::text`,
      [filter.cube],
    )
    return ask(session, s, filter, floor?.bucket ?? 0)
  })
}
