import { describe, expect, it } from 'vitest'
import { aContext, NOON } from '../../../tests/a-context.js'
import { MailError } from '../../errors/mail-error.js'
import type { NewWork, Work } from '../../ports/rows.js'
import { bundle, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { parkedWork, releaseParked } from './parked-work.js'
import { createQuarantine } from './quarantine.js'

const DAY = 86_400_000

const chunk: NewWork = {
  id: 'work-1',
  kind: 'chunk',
  key: 'run-1:gmail:0',
  account: 'acme',
  parent: 'run-1',
  lane: 'gmail',
  rank: 1,
  dueAt: NOON,
  ref: { run: 'run-1', account: 'acme', lane: 'gmail', from: 0, to: 9, idBase: 'x', doubtful: 2, partial: false },
}

let claims = 0
async function claim({ storage }: Context, now: number): Promise<Work | undefined> {
  claims += 1
  const [work] = await storage.claim({
    kinds: ['chunk'],
    now,
    leaseUntil: now + 60_000,
    expiredBefore: now - 5_000,
    token: `token-${claims}`,
    limit: 1,
    exceptLanes: [],
  })
  return work
}

async function claimed(ctx: Context): Promise<Work> {
  await tryBundle(ctx, bundle([{ type: 'work.put', items: [chunk] }]))
  const work = await claim(ctx, NOON)
  if (!work) throw new Error('nothing was claimed')
  return work
}

async function parkedIn(ctx: Context) {
  const found = []
  for await (const one of parkedWork(ctx)) found.push(one)
  return found
}

describe('work that cannot be done', () => {
  it('F18: is parked when its handling has thrown three times, for a day, and then tried again', async () => {
    const ctx = aContext()
    const quarantine = createQuarantine(ctx)
    const work = await claimed(ctx)
    for (const parked of [0, 0, 1]) {
      await quarantine.failed(work, new TypeError('no such thing'))
      expect(await parkedIn(ctx)).toHaveLength(parked)
    }
    expect((await parkedIn(ctx))[0]?.data).toMatchObject({ work: 'work-1', why: 'its handling throws: TypeError' })
    expect(await claim(ctx, NOON + DAY - 1)).toBeUndefined()
    expect(await claim(ctx, NOON + DAY + 5_000)).toMatchObject({ id: 'work-1', ref: chunk.ref })
    expect(await parkedIn(ctx)).toEqual([])
  })

  it('F18: is parked at once where what it needs cannot be read, and never because a storage is away', async () => {
    const ctx = aContext()
    const quarantine = createQuarantine(ctx)
    const work = await claimed(ctx)
    for (let at = 0; at < 10; at += 1)
      await quarantine.failed(work, new MailError('STORAGE_UNAVAILABLE', { adapter: 'memory' }))
    expect(await parkedIn(ctx)).toEqual([])
    await quarantine.failed(work, new MailError('DATA_CORRUPT', { kind: 'run', id: 'run-1' }))
    expect((await parkedIn(ctx))[0]?.data.why).toBe('what it needs cannot be read: run run-1')
  })

  it('F18, REL-2: released, it still says what may have left', async () => {
    const ctx = aContext()
    const work = await claimed(ctx)
    const begun = { type: 'work.advance', startedThrough: 5, leaseUntil: NOON + 60_000, watch: [] } as const
    await tryBundle(ctx, bundle([{ ...begun, id: work.id, token: work.token ?? '' }]))
    const again = await claim(ctx, NOON + 70_000)
    if (!again) throw new Error('nothing was taken over')
    expect(again.startedThrough).toBe(5)
    await createQuarantine(ctx).failed(again, new MailError('DATA_CORRUPT', { kind: 'run', id: 'run-1' }))
    const [parked] = await parkedIn(ctx)
    expect(parked && (await releaseParked(ctx, parked))).toBe(true)
    expect((await claim(ctx, NOON + 80_000))?.ref).toMatchObject({ doubtful: 5, partial: true })
  })

  it('F18: whoever has lost its lease parks nothing', async () => {
    const ctx = aContext()
    const work = await claimed(ctx)
    await claim(ctx, NOON + 70_000)
    await createQuarantine(ctx).failed(work, new MailError('DATA_CORRUPT', { kind: 'run', id: 'run-1' }))
    expect(await parkedIn(ctx)).toEqual([])
  })
})
