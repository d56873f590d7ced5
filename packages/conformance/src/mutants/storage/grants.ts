import type { BundleResult } from '@mailwright/core'
import { applyingOneByOne, type StorageMutant } from './mutant.js'

/** Grants although the day is full, as a check before the take, instead of within it, would under a race. */
export const overGranting: StorageMutant = {
  name: 'over-granting',
  wrong: 'quota.take grants more than the ceiling',
  fails: [
    'storage/apply/all-or-none',
    'storage/window/refused-bundle-books-nothing',
    'storage/quota/never-over-grants',
    'storage/quota/open-day-keeps-ceiling',
    'storage/quota/refusal-opens-no-day',
    'storage/quota/return',
  ],
  make: (storage) =>
    applyingOneByOne(storage, async (bundle, applyRight) => {
      const result = await applyRight(bundle)
      if (result.applied || result.refusal.type !== 'quota' || result.refusal.blocked) return result
      const { scope, day, granted, ceiling } = result.refusal
      const asked = bundle.changes.flatMap((change) => (change.type === 'quota.take' ? change.count : []))
      const to = asked.reduce((sum, count) => sum + count, Math.max(granted, ceiling))
      await applyRight({ guards: [], changes: [{ type: 'quota.raise', scope, day, to }] })
      return applyRight(bundle)
    }),
}

/** What a crash between two transactions leaves: the grant without what it was for. */
export const quotaKeptOnRefusal: StorageMutant = {
  name: 'quota-kept-on-refusal',
  wrong: 'a refused bundle keeps the quota it took',
  fails: ['storage/apply/all-or-none', 'storage/apply/refusal-leaves-quota'],
  make: (storage) =>
    applyingOneByOne(storage, async (bundle, applyRight): Promise<BundleResult> => {
      const result = await applyRight(bundle)
      if (result.applied) return result
      for (const change of bundle.changes) {
        if (change.type === 'quota.take') await applyRight({ guards: [], changes: [change] })
      }
      return result
    }),
}

/** Repetitions of an idempotency key are applied again. */
export const forgetful: StorageMutant = {
  name: 'forgetful',
  wrong: 'idempotency keys are not kept',
  fails: [
    'storage/once/same-body-same-answer',
    'storage/once/other-body-conflicts',
    'storage/once/expired-key-is-new',
    'storage/once/repetition-beats-other-refusals',
    'storage/once/raced-key-has-one-winner',
    'storage/once/within-one-apply',
  ],
  make: (storage) =>
    applyingOneByOne(storage, ({ guards, changes }, applyRight) =>
      applyRight({ guards: guards.filter((guard) => guard.type !== 'once'), changes }),
    ),
}
