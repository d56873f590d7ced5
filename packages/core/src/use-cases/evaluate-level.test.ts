import { describe, expect, it } from 'vitest'
import { aContext, NOON, type TestContext } from '../../tests/a-context.js'
import type { Counter } from '../ports/counters.js'
import { allowanceOf, openWarmUp, todayOf } from './allowance.js'
import { bundle, tryBundle } from './apply-bundle.js'
import { evaluateLevel } from './evaluate-level.js'

const DAY = 86_400_000

/** A domain whose first day is the one before noon's, with these figures of that day. */
async function afterADay(ctx: TestContext, figures: Partial<Record<Counter, number>>) {
  const yesterday = todayOf(ctx, NOON - DAY)
  const cell = { cube: 'day', account: 'acme', bucket: yesterday.start, domain: 'd' } as const
  const cells = [{ ...cell, recipientDomain: '', template: '', task: '' }]
  const items = Object.entries(figures).map(([counter, by]) => ({ cells, counter: counter as Counter, by }))
  const stored = await tryBundle(
    ctx,
    bundle([openWarmUp(ctx, 'acme', 'd', NOON - DAY), { type: 'count', shard: 0, items }]),
  )
  expect(stored.applied).toBe(true)
  return yesterday
}

const warmUpOf = async (ctx: TestContext) => (await allowanceOf(ctx, 'acme', 'd', todayOf(ctx, NOON))).warmUp

describe('evaluateLevel', () => {
  it.each([
    ['raises', { handedOver: 10_000, delivered: 10_000 }],
    ['lowers', { handedOver: 500, delivered: 450, bouncedHard: 50, invalid: 50 }],
    ['blocks', { handedOver: 500, delivered: 400, bouncedHard: 100, invalid: 100 }],
  ] as const)(
    'TSK-11: what %s a domain on its day moves nothing of the next one, though a process whose clock is behind looks after it has begun',
    async (_, figures) => {
      const ctx = aContext({ policy: { startLevel: 5 } })
      const yesterday = await afterADay(ctx, figures)
      // The process whose clock is ahead opens the new day.
      await evaluateLevel(ctx, 'acme', 'd', todayOf(ctx, NOON))
      const opened = await warmUpOf(ctx)
      expect(opened).toMatchObject({ day: '2026-11-23', level: 5 })
      await evaluateLevel(ctx, 'acme', 'd', yesterday)
      expect(await warmUpOf(ctx)).toEqual(opened)
    },
  )
})
