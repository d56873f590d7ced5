import { describe, expect, it } from 'vitest'
import { aContext, NOON } from '../../tests/a-context.js'
import { bundle, tryBundle } from '../use-cases/apply-bundle.js'
import { createDelivery } from '../use-cases/callbacks/deliver/delivery.js'
import type { Context } from '../use-cases/context.js'
import { createEngine } from '../use-cases/dispatch/engine.js'
import { pumpRing } from '../use-cases/pump-ring.js'
import { startWork } from '../use-cases/schedule/start-work.js'
import { loopsOf } from './loops.js'

const signal = new AbortController().signal

function control(ctx: Context) {
  const engine = createEngine(ctx, { signal, stopping: () => false })
  const delivery = createDelivery(ctx, { signal, soon: signal, freed: () => undefined })
  const loop = loopsOf(engine, delivery).find(({ name }) => name === 'control')
  if (!loop) throw new Error('there is no control loop')
  return loop
}

const claim = ({ storage }: Context, now: number) =>
  storage.claim({
    kinds: ['start', 'pump'],
    now,
    leaseUntil: now + 60_000,
    expiredBefore: now,
    token: `token-${now}`,
    limit: 8,
    exceptLanes: [],
  })

describe('the control loop', () => {
  it('TSK-3: looks again when it has ended what was rung meanwhile, so that the end of a batch waits for no sweep', async () => {
    const ctx = aContext()
    await tryBundle(ctx, bundle([pumpRing('acme', 'domain-1', NOON)]))
    const works = await claim(ctx, NOON)
    // Its bell rings while it is held: nobody can claim it now, and nobody rings again.
    await tryBundle(ctx, bundle([pumpRing('acme', 'domain-1', NOON)]))
    await control(ctx).handle(works)
    expect(ctx.rung).toContain('pump')
    expect(await claim(ctx, NOON + 1)).toMatchObject([{ id: 'pump:domain-1' }])
  })

  it('ACC-2, ACC-5: a work that fails holds up none that was claimed with it', async () => {
    const ctx = aContext()
    const { storage } = ctx
    const read: typeof storage.read = Object.assign(Object.create(storage.read), {
      record: async (...asked: Parameters<typeof storage.read.record>) => {
        if (JSON.stringify(asked).includes('broken')) throw new Error('cannot be read')
        return storage.read.record(...asked)
      },
    })
    const failing = { ...ctx, storage: Object.assign(Object.create(storage), { read }) }
    const works = ['broken', 'sound', 'whole'].map((id, at) => startWork({ account: 'acme', id }, NOON - 10 + at))
    await tryBundle(ctx, bundle(works))
    const claimed = await claim(ctx, NOON)
    expect(claimed.map(({ key }) => key)).toEqual(['broken', 'sound', 'whole'])
    await control(failing).handle(claimed)
    // Those of tasks that are no more have ended; the one that failed comes back when its lease ends.
    expect((await claim(ctx, NOON + 70_000)).map(({ key }) => key)).toEqual(['broken'])
  })
})
