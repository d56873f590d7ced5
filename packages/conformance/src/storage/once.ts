import type { Change, Guard, Json } from '@mailwright/core'
import { t0 } from './builders.js'
import { applyOne, bundle, mustApply, race, refusalOf, type StorageCase } from './case.js'

const day = 86_400_000
const once = (bodyHash: string, answer: Json, now = t0, account = 'acme'): Guard => ({
  type: 'once',
  account,
  key: 'welcome-42',
  bodyHash,
  now,
  until: now + day,
  answer,
})
const bump: Change = { type: 'epoch.bump', keys: ['count'] }

export const onceCases: readonly StorageCase[] = [
  {
    id: 'storage/once/same-body-same-answer',
    run: async ({ storage, expect }) => {
      const answer = { id: 'm1', list: [1, null, 'x'] }
      await mustApply(storage, [bump], [once('h1', answer)])
      const again = await applyOne(storage, [bump], [once('h1', 'other', t0 + day - 1)])
      expect(again).toEqual({ applied: false, refusal: { type: 'repeated', sameBody: true, answer } })
      expect(await storage.read.epochs(['count'])).toEqual([1])
    },
  },
  {
    id: 'storage/once/other-body-conflicts',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [bump], [once('h1', 'first')])
      const result = await applyOne(storage, [bump], [once('h2', 'second')])
      expect(!result.applied && result.refusal.type === 'repeated' && result.refusal.sameBody === false).toBe(true)
    },
  },
  {
    id: 'storage/once/expired-key-is-new',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [bump], [once('h1', 'first')])
      await mustApply(storage, [bump], [once('h2', 'second', t0 + day)])
      const result = await applyOne(storage, [bump], [once('h2', 'third', t0 + day + 1)])
      expect(result).toEqual({ applied: false, refusal: { type: 'repeated', sameBody: true, answer: 'second' } })
    },
  },
  {
    id: 'storage/once/refused-bundle-uses-no-key',
    run: async ({ storage, expect }) => {
      const full: Change = { type: 'slot', key: 'full', by: 1, limit: 0 }
      expect(await refusalOf(storage, [full], [once('h1', 'first')])).toBe('slot-full')
      expect(await refusalOf(storage, [bump], [once('h2', 'second')])).toBe('applied')
    },
  },
  {
    id: 'storage/once/repetition-beats-other-refusals',
    run: async ({ storage, expect }) => {
      const only: Change = { type: 'slot', key: 'only', by: 1, limit: 1 }
      await mustApply(storage, [only], [once('h1', 'first')])
      expect(await refusalOf(storage, [only], [once('h1', 'first')])).toBe('repeated')
    },
  },
  {
    id: 'storage/once/raced-key-has-one-winner',
    run: async ({ storage, expect }) => {
      const results = await race(30, (index) => applyOne(storage, [bump], [once('h1', `answer ${index}`)]))
      const winner = results.findIndex((result) => result.applied)
      expect(await storage.read.epochs(['count'])).toEqual([1])
      const answers = results.flatMap((result) =>
        !result.applied && result.refusal.type === 'repeated' ? [result.refusal.answer] : [],
      )
      expect(new Set(answers)).toEqual(new Set([`answer ${winner}`]))
      expect(answers.length).toBe(29)
    },
  },
  {
    id: 'storage/once/within-one-apply',
    run: async ({ storage, expect }) => {
      const results = await storage.apply([
        bundle([bump], [once('h1', 'first')]),
        bundle([bump], [once('h1', 'second')]),
        bundle([bump], [once('h1', 'third', t0, 'beta')]),
      ])
      expect(results.map((result) => result.applied)).toEqual([true, false, true])
    },
  },
]
