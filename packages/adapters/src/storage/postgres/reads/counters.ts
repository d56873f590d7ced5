import { type CellKey, COUNTERS, type Counter, type Counts, type QuotaRow, type StorageReads } from '@mailwright/core'
import type { Param, SqlSession } from '../client.js'
import { textArray, toBytes, toText } from '../text.js'

type CounterReads = Pick<StorageReads, 'quota' | 'tallies' | 'epochs'>

type TallySqlRow = Counts & {
  readonly cube: CellKey['cube']
  readonly account: string
  readonly bucket: number
  readonly domain: string
  readonly recipient_domain: string
  readonly template: string
  readonly task: string
}

const dimensions = 'cube, account, bucket, domain, recipient_domain, template, task'
const sums = COUNTERS.map((counter) => `sum("${counter}")::int8 as "${counter}"`).join(', ')

const countsOf = (row: Counts): Counts =>
  Object.fromEntries(COUNTERS.map((counter): [Counter, number] => [counter, row[counter]])) as Counts

export const counterReads = (session: SqlSession, s: string): CounterReads => ({
  quota: async ({ scope, day }) => {
    const [row] = await session.query<QuotaRow>(
      `select scope, day, granted, ceiling, blocked from ${s}.quota where scope = $1::text and day = $2::text`,
      [toText(scope), toText(day)],
    )
    return row ?? null
  },
  tallies: async (filter) => {
    const params: Param[] = [filter.cube, toText(filter.account), filter.from, filter.to]
    const where = ['cube = $1::text', 'account = $2::text', 'bucket >= $3::int8', 'bucket < $4::int8']
    // Written out, so that the index for runs serves whatever plan is kept.
    if (filter.cube === 'run') where.push(`cube = 'run'`)
    if (filter.domain !== undefined) where.push(`domain = $${params.push(toText(filter.domain))}::text`)
    if (filter.task !== undefined) where.push(`task = $${params.push(toBytes(filter.task))}::bytea`)
    const rows = await session.query<TallySqlRow>(
      `select ${dimensions}, ${sums} from ${s}.tally where ${where.join(' and ')} group by ${dimensions}`,
      params,
    )
    return rows.map((row) => ({
      cell: {
        cube: row.cube,
        account: row.account,
        bucket: row.bucket,
        domain: row.domain,
        recipientDomain: row.recipient_domain,
        template: row.template,
        task: row.task,
      },
      counts: countsOf(row),
    }))
  },
  epochs: async (keys) => {
    const rows = await session.query<{ key: string; count: number }>(
      `select key, count from ${s}.epoch where key = any($1::text[])`,
      [textArray(keys)],
    )
    const counts = new Map(rows.map(({ key, count }) => [key, count]))
    return keys.map((key) => counts.get(key) ?? 0)
  },
})
