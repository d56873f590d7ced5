import type { Change } from '@mailwright/core'
import type { SqlSession } from '../client.js'
import { adding, counterColumns, summed } from '../counter-columns.js'
import { allWidths, cellKey, foldedCubes, keyOfSpan, spanKey } from '../folding.js'

const names = counterColumns.join(', ')

/**
 * Rows that someone is counting in just now are left for the next time. What is added later to a cell that is closed comes as a new
 * row of its shard, and is moved in its turn: each answer adds up what is open and what is closed, so nothing is ever counted twice.
 */
const text = (s: string): string => `
with gone as (
  delete from ${s}.tally where ctid = any(array(
    select ctid from ${s}.tally where cube = $1::text and bucket < $2::int8 order by bucket limit $3::int8 for update skip locked))
  returning *),
closed as (
  insert into ${s}.tally_closed as t (${cellKey}, ${names})
  select ${cellKey}, ${summed} from gone group by ${cellKey} order by ${cellKey}
  on conflict (${cellKey}) do update set ${adding(counterColumns)}),
spans as (
  insert into ${s}.tally_span as t (${spanKey}, ${names})
  select ${keyOfSpan}, ${summed} from gone cross join ${allWidths}
  group by 1, 2, 3, 4, 5, 6, 7, 8 order by 1, 2, 3, 4, 5, 6, 7, 8
  on conflict (${spanKey}) do update set ${adding(counterColumns)})
select count(*) as count from gone`

/** Answers how many rows were moved. */
export const foldTallies = async (
  session: SqlSession,
  s: string,
  { before, limit }: Extract<Change, { type: 'fold' }>,
): Promise<number> => {
  let count = 0
  for (const cube of foldedCubes) {
    const [row] = await session.query<{ count: number }>(text(s), [cube, before, limit - count])
    count += row?.count ?? 0
  }
  return count
}
