import { describe, expect, it } from 'vitest'
import { forgedProviders } from './event-sources/forgeries.js'

/** What the threat model asks for. */
const WANTED = 74

describe('T32: forged events', () => {
  it('T32: none of what somebody else posts is believed, at any provider', async () => {
    const accepted: string[] = []
    const names = new Set<string>()
    for (const { create, forgeries } of forgedProviders) {
      const made = await create()
      const { source, samples, now } = made
      const [one, other] = samples.map(({ request }) => request)
      if (!one || !other) throw new Error('two samples are needed')
      await source.verify(one, now)
      for (const { name, request, at = now } of forgeries(made, one, other)) {
        names.add(`${source.name}: ${name}`)
        const verdict = await source.verify(request, at).then(
          () => 'accepted',
          ({ code }) => String(code),
        )
        if (verdict !== 'EVENT_SIGNATURE_INVALID') accepted.push(`${source.name}: ${name}: ${verdict}`)
      }
    }
    expect(accepted).toEqual([])
    expect(names.size).toBeGreaterThanOrEqual(WANTED)
  })

  it('T32: no fixture is believed unsigned or wrongly signed; replayed it says the same under the same key', async () => {
    let fixtures = 0
    for (const { create } of forgedProviders) {
      const { source, samples, unsign, forge, now } = await create()
      for (const { request } of samples) {
        fixtures += 1
        for (const wrong of [unsign(request), forge(request)])
          await expect(source.verify(wrong, now), source.name).rejects.toMatchObject({
            code: 'EVENT_SIGNATURE_INVALID',
          })
        await source.verify(request, now)
        const first = source.parse(request)
        await source.verify(request, now)
        expect(source.parse(request)).toEqual(first)
      }
    }
    expect(fixtures).toBeGreaterThanOrEqual(46)
  })
})
