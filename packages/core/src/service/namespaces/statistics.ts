import type { Context } from '../../use-cases/context.js'
import { parseInput } from '../../use-cases/parse-input.js'
import { statisticsCsv } from '../../use-cases/statistics/statistics-csv.js'
import {
  type SendingInput,
  type StatisticsCsvInput,
  sendingSchema,
  type TrackingInput,
  trackingSchema,
} from '../../use-cases/statistics/statistics-input.js'
import {
  type SendingFigures,
  type StatisticsPage,
  sendingFigures,
  statisticsPage,
  type TrackingFigures,
  trackingFigures,
} from '../../use-cases/statistics/statistics-rows.js'

export interface StatisticsNamespace {
  /** What became of the mail sent in a range (STA-1). A mail counts in the quarter of an hour it was sent in, whatever comes later (STA-2). */
  sending(input: SendingInput): Promise<StatisticsPage<SendingFigures>>
  /** What recipients did with it, whenever they did it. */
  tracking(input: TrackingInput): Promise<StatisticsPage<TrackingFigures>>
  /** Either of them as CSV, line by line: UTF-8 with a byte order mark, safe to open in a spreadsheet. */
  exportCsv(input: StatisticsCsvInput): AsyncIterable<string>
}

export function statisticsOf(ctx: Context, account: string): StatisticsNamespace {
  return {
    sending: async (input) =>
      statisticsPage(ctx, account, { ...parseInput(sendingSchema, input), users: false }, sendingFigures),
    tracking: async (input) => statisticsPage(ctx, account, parseInput(trackingSchema, input), trackingFigures),
    exportCsv: (input) => statisticsCsv(ctx, account, input),
  }
}
