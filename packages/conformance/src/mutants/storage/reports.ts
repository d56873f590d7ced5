import type { CellKey, DimensionFilter, Storage } from '@mailwright/core'
import { applyingOneByOne, type StorageMutant } from './mutant.js'

/** What no message stands behind is counted again by a second try. */
export const countDoubles: StorageMutant = {
  name: 'count-doubles',
  wrong: 'count adds twice what it is told',
  fails: [
    'storage/count/adds-in-every-cell-each-time',
    'storage/count/under-a-guard-once',
    'storage/count/raced-over-shards',
  ],
  make: (storage) =>
    applyingOneByOne(storage, async ({ guards, changes }, applyRight) => {
      const again = changes.filter((change) => change.type === 'count')
      const result = await applyRight({ guards, changes: [...changes, ...again] })
      return result.applied ? { applied: true, outcomes: result.outcomes.slice(0, changes.length) } : result
    }),
}

type Bucketed = { readonly cell: Pick<CellKey, 'bucket'> }

/** Midnight belongs to the day before. */
const late = <Filter extends DimensionFilter, Row extends Bucketed>(
  read: (filter: Filter) => Promise<readonly Row[]>,
) => {
  return async (filter: Filter): Promise<readonly Row[]> => {
    const { by, edges } = filter
    if (edges === undefined || edges.length === 0) return read(filter)
    const rows = await read({ ...filter, edges: edges.map((edge) => edge + 1) })
    if (by?.includes('bucket') === false) return rows
    return rows.map((row) => ({ ...row, cell: { ...row.cell, bucket: row.cell.bucket - 1 } }))
  }
}

export const edgesOffByOne: StorageMutant = {
  name: 'edges-off-by-one',
  wrong: 'a bucket that equals an edge is answered as the edge before',
  fails: ['storage/groups/tallies-as-regrouped-by-hand', 'storage/groups/people-once-in-each-group'],
  make: (storage): Storage => ({
    ...storage,
    read: { ...storage.read, tallies: late(storage.read.tallies), people: late(storage.read.people) },
  }),
}

/** What comes after the time asked about is answered, too. */
export const recordsUnbounded: StorageMutant = {
  name: 'records-unbounded',
  wrong: 'a list of records goes beyond the end of the time asked for',
  fails: ['storage/page/records-in-order'],
  make: (storage): Storage => ({
    ...storage,
    read: { ...storage.read, records: ({ to: _, ...filter }) => storage.read.records(filter) },
  }),
}

/** What is moved out of sight is gone. */
export const foldLoses: StorageMutant = {
  name: 'fold-loses',
  wrong: 'fold removes what it should only bring together',
  fails: [
    'storage/fold/changes-no-answer',
    'storage/fold/later-counts-are-added',
    'storage/fold/purged-cells-are-gone',
    'storage/fold/raced-by-settles',
  ],
  make: (storage) =>
    applyingOneByOne(storage, ({ guards, changes }, applyRight) =>
      applyRight({
        guards,
        changes: changes.map((change) =>
          change.type === 'fold' ? { ...change, type: 'purge', rows: 'tallies.sender' } : change,
        ),
      }),
    ),
}
