import type { Bundle, BundleResult, Observation, Outcome, Storage } from '@mailwright/core'
import { applyingOneByOne, type ChangeOf, type StorageMutant } from './mutant.js'

const settlesOf = (bundle: Bundle): readonly ChangeOf<'settle'>[] =>
  bundle.changes.filter((change) => change.type === 'settle')

const all = (change: ChangeOf<'settle'>): Outcome => ({ type: 'bulk', lost: change.items.map((_, index) => index) })

/** Applies the bundle without what it settles, and says of all of it that it was lost. */
const withoutSettles = async (
  bundle: Bundle,
  applyRight: (bundle: Bundle) => Promise<BundleResult>,
): Promise<BundleResult> => {
  const changes = bundle.changes.map((change) => (change.type === 'settle' ? { ...change, items: [] } : change))
  const result = await applyRight({ ...bundle, changes })
  if (!result.applied) return result
  const outcomes = result.outcomes.map((outcome, index) => {
    const change = bundle.changes[index]
    return change?.type === 'settle' ? all(change) : outcome
  })
  return { applied: true, outcomes }
}

const isStored = async (storage: Storage, item: Observation): Promise<boolean> =>
  (await storage.read.messages([item.message])).length > 0

/** One item that is known already, or that nobody knows, undoes the 499 true ones beside it. */
export const wholeBulkFails: StorageMutant = {
  name: 'whole-bulk-fails-on-one-item',
  wrong: 'a settle with a losing item is skipped whole',
  fails: [
    'storage/settle/insert-once',
    'storage/settle/lost-item-spares-others',
    'storage/settle/hangs-on-item',
    'storage/follow/parts-of-winners-only',
  ],
  make: (storage) =>
    applyingOneByOne(storage, async (bundle, applyRight) => {
      for (const { items } of settlesOf(bundle)) {
        const known = new Set<string>()
        for (const item of items) {
          const stored = known.has(item.message) || (await isStored(storage, item))
          const loses = item.insert === null ? !stored : stored
          if (loses && items.length > 1) return withoutSettles(bundle, applyRight)
          known.add(item.message)
        }
      }
      return applyRight(bundle)
    }),
}

/** What a remote server has accepted is forgotten because another worker holds the lease now. */
export const staleOutcomeDropped: StorageMutant = {
  name: 'stale-outcome-dropped',
  wrong: 'a settle is dropped when the lease beside it is lost',
  fails: ['storage/settle/truth-needs-no-lease'],
  make: (storage) =>
    applyingOneByOne(storage, async (bundle, applyRight) => {
      const leases = bundle.changes.flatMap((change) =>
        change.type === 'work.advance' ? { work: change.id, token: change.token } : [],
      )
      const guards = leases.map((lease) => ({ type: 'holder' as const, ...lease }))
      const held = await applyRight({ guards, changes: [] })
      return held.applied ? applyRight(bundle) : withoutSettles(bundle, applyRight)
    }),
}

/** The last one to speak decides what is known of a message. */
export const lateBitOverwrites: StorageMutant = {
  name: 'late-bit-overwrites',
  wrong: 'the facts of a message are replaced instead of added to',
  fails: [
    'storage/settle/late-bit-counted-once',
    'storage/settle/later-attempt-is-taken-over',
    'storage/settle/any-order-same-numbers',
  ],
  make: (storage) => {
    const last = new Map<string, number>()
    const remembering = applyingOneByOne(storage, async (bundle, applyRight) => {
      const result = await applyRight(bundle)
      if (!result.applied) return result
      for (const [index, change] of bundle.changes.entries()) {
        const outcome = result.outcomes[index]
        if (change.type !== 'settle' || outcome?.type !== 'bulk') continue
        for (const [at, item] of change.items.entries())
          if (!outcome.lost.includes(at)) last.set(item.message, item.facts)
      }
      return result
    })
    const messages: Storage['read']['messages'] = async (ids) =>
      (await storage.read.messages(ids)).map((row) => ({ ...row, facts: last.get(row.id) ?? row.facts }))
    return { ...remembering, read: { ...storage.read, messages } }
  },
}

/** Whoever settles a flush again is told of all of it again. */
export const followIgnoresLosers: StorageMutant = {
  name: 'follow-ignores-losers',
  wrong: 'work that follows a settle is put with the parts of all items',
  fails: [
    'storage/follow/parts-of-winners-only',
    'storage/follow/repeated-flush-puts-nothing',
    'storage/follow/each-part-in-one-work-though-raced',
  ],
  make: (storage) =>
    applyingOneByOne(storage, async ({ guards, changes }, applyRight) => {
      const follows = changes.flatMap((change) => (change.type === 'settle' ? (change.follow ?? []) : []))
      const items = follows
        .filter(({ parts }) => parts.length > 0)
        .map(({ work, parts }) => ({ ...work, ref: { ...work.ref, parts: parts.map(({ part }) => part) } }))
      const alone = changes.map((change) => (change.type === 'settle' ? { ...change, follow: [] } : change))
      const result = await applyRight({ guards, changes: [...alone, { type: 'work.put', items }] })
      return result.applied ? { applied: true, outcomes: result.outcomes.slice(0, -1) } : result
    }),
}
