import { applyingOneByOne, type StorageMutant } from './mutant.js'

/** A bounce that comes late takes the place of a later one, as a plain upsert would. */
export const lastBlockWins: StorageMutant = {
  name: 'last-block-wins',
  wrong: 'a row that ends earlier replaces one that ends later',
  fails: ['storage/block/later-end-stays', 'storage/block/settled-in-any-order'],
  make: (storage) =>
    applyingOneByOne(storage, async (bundle, applyRight) => {
      const changes = bundle.changes.map((change) =>
        change.type === 'block.put' ? { ...change, unlessLater: false } : change,
      )
      const result = await applyRight({ ...bundle, changes })
      if (!result.applied) return result
      for (const [index, change] of bundle.changes.entries()) {
        const outcome = result.outcomes[index]
        if (change.type !== 'settle' || outcome?.type !== 'bulk') continue
        const items = change.items.flatMap(({ block }, at) => (block && !outcome.lost.includes(at) ? block : []))
        await applyRight({ guards: [], changes: [{ type: 'block.put', items }] })
      }
      return result
    }),
}
