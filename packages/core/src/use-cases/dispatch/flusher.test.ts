import { describe, expect, it } from 'vitest'
import { aContext, NOON } from '../../../tests/a-context.js'
import { pumpRing } from '../pump-ring.js'
import { type ChunkControl, createFlusher, entry } from './flusher.js'

/** A context whose storage says, in what is rung, when it has stored something. */
function telling() {
  const ctx = aContext()
  const { storage } = ctx
  const apply: typeof storage.apply = async (...given) => {
    const results = await storage.apply(...given)
    ctx.rung.push('stored')
    return results
  }
  return { ...ctx, storage: Object.assign(Object.create(storage), { apply }) }
}

describe('a flush', () => {
  it('TSK-3: rings the pump once it is stored, not before: a pump that looks too early finds nothing, and a batch ends late', async () => {
    const ctx = telling()
    const flusher = createFlusher(ctx, () => true)
    flusher.add(entry({ also: [pumpRing('acme', 'domain-1', NOON)] }))
    await flusher.drained()
    expect(ctx.rung).toEqual(['stored', 'pump'])
  })

  it('TSK-7: does not ring a pump that is to look later', async () => {
    const ctx = telling()
    const flusher = createFlusher(ctx, () => true)
    flusher.add(entry({ also: [pumpRing('acme', 'domain-1', NOON + 1_000)] }))
    await flusher.drained()
    expect(ctx.rung).toEqual(['stored'])
  })

  it('REL-5: tells every chunk in flight what others have changed, also one of which it settles nothing', async () => {
    const ctx = aContext()
    const flusher = createFlusher(ctx, () => true)
    const heard: string[] = []
    const chunk = (id: string): ChunkControl => ({
      id,
      token: 'none',
      watch: [],
      startedThrough: () => 0,
      advanced: () => heard.push(id),
    })
    const [busy, slow, landed] = [chunk('busy'), chunk('slow'), chunk('landed')]
    flusher.hold(slow)
    flusher.hold(landed)()
    await flusher.renew(busy)
    expect(heard).toEqual(['busy', 'slow'])
  })
})
