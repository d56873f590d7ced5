import { BYTE_ORDER_MARK, type CsvCell, csvLine } from '../../domain/csv/index.js'
import { noCounts, type Share } from '../../domain/statistics/index.js'
import type { Context } from '../context.js'
import { parseInput } from '../parse-input.js'
import { type OpenQuestion, openQuestion } from './open-question.js'
import { type StatisticsCsvInput, statisticsCsvSchema } from './statistics-input.js'
import {
  type Figures,
  type StatisticsGroup,
  sendingFigures,
  statisticsRows,
  trackingFigures,
} from './statistics-rows.js'

/** Periods asked for at once: a long export holds the rows of a month, not all of them. */
const WINDOW = 31

interface AnyFigures {
  readonly counts: Readonly<Record<string, number | null>>
  readonly rates: Readonly<Record<string, Share>>
}

/**
 * The view as a file (STA-1): a line for each row with its counts, then its rates as shares of 1. Yields line by line, the header first.
 * @throws as `statistics.sending`, when the first line is asked for.
 */
export async function* statisticsCsv(ctx: Context, account: string, input: StatisticsCsvInput): AsyncGenerator<string> {
  const { figures, users, ...asked } = parseInput(statisticsCsvSchema, input)
  const open = await openQuestion(ctx, account, { ...asked, users })
  const of: Figures<AnyFigures> = figures === 'sending' ? sendingFigures : trackingFigures
  const names = of(noCounts, { open: null, click: null })
  const groups = groupColumns(open)
  const header = [
    ...groups.map(({ name }) => name),
    ...Object.keys(names.counts),
    ...Object.keys(names.rates).map((name) => `${name}Rate`),
  ]
  yield `${BYTE_ORDER_MARK}${csvLine(header)}`
  for (const window of windowsOf(open)) {
    for await (const row of statisticsRows(ctx, window, users && figures === 'tracking', of)) {
      const cells = groups.map(({ cell }) => cell(row))
      const rates = Object.values(row.rates).map(({ rate }) => rate && Number(rate.toFixed(6)))
      yield csvLine([...cells, ...Object.values(row.counts), ...rates])
    }
  }
}

interface GroupColumn {
  readonly name: string
  readonly cell: (row: StatisticsGroup) => CsvCell
}

const groupColumns = (open: OpenQuestion): readonly GroupColumn[] => [
  ...(open.step
    ? [
        { name: open.step, cell: (row: StatisticsGroup) => row.period ?? null },
        { name: 'startsAt', cell: (row: StatisticsGroup) => row.startsAt ?? null },
      ]
    : []),
  ...open.kept.map((name) => ({ name, cell: (row: StatisticsGroup) => row[name] ?? null })),
  ...(open.tags ? [{ name: 'tag', cell: (row: StatisticsGroup) => row.tag ?? null }] : []),
]

/** Rows come in the order of their periods, so the windows follow one another. */
function windowsOf(open: OpenQuestion): readonly OpenQuestion[] {
  if (!open.step) return [open]
  const windows: OpenQuestion[] = []
  for (let at = 0; at < open.edges.length; at += WINDOW) {
    const edges = open.edges.slice(at, at + WINDOW)
    windows.push({ ...open, edges, from: edges[0] ?? open.from, to: open.edges[at + WINDOW] ?? open.to })
  }
  return windows
}
