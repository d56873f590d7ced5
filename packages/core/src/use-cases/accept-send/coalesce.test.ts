import { describe, expect, it } from 'vitest'
import { MailError } from '../../errors/mail-error.js'
import type { Bundle, BundleResult } from '../../ports/changes.js'
import type { Context } from '../context.js'
import { coalesce } from './coalesce.js'

const applied: BundleResult = { applied: true, outcomes: [] }
const soon = () => new Promise((resolve) => setImmediate(resolve))
const aBundle = (): Bundle => ({ guards: [], changes: [] })

/** A storage whose applies end when they are let go, and a clock whose calls happen when they are told. */
function aPlace() {
  const applies: { readonly bundles: readonly Bundle[]; end(error?: Error): void }[] = []
  const calls = new Set<() => void>()
  const apply = (bundles: readonly Bundle[]) =>
    new Promise<readonly BundleResult[]>((resolve, reject) => {
      applies.push({ bundles, end: (error) => (error ? reject(error) : resolve(bundles.map(() => applied))) })
    })
  const after = (_ms: number, call: () => void) => {
    calls.add(call)
    return () => calls.delete(call)
  }
  const ctx = { storage: { name: 'one by one', apply }, after } as unknown as Pick<Context, 'storage' | 'after'>
  const later = () => {
    for (const call of [...calls]) {
      calls.delete(call)
      call()
    }
  }
  return { submit: coalesce(ctx), applies, later }
}

describe('sends that come close together', () => {
  it('REL-4: gather while an apply is running, and share the next one', async () => {
    const { submit, applies } = aPlace()
    const first = submit(aBundle())
    await soon()
    const others = Promise.all([submit(aBundle()), submit(aBundle())])
    await soon()
    expect(applies.map(({ bundles }) => bundles.length)).toEqual([1])
    applies[0]?.end()
    await first
    await soon()
    expect(applies.map(({ bundles }) => bundles.length)).toEqual([1, 2])
    applies[1]?.end()
    expect(await others).toEqual([applied, applied])
  })

  it('do not wait for ever for an apply that waits for somebody', async () => {
    const { submit, applies, later } = aPlace()
    const stuck = submit(aBundle())
    await soon()
    const other = submit(aBundle())
    later()
    await soon()
    applies[1]?.end()
    expect(await other).toEqual(applied)
    applies[0]?.end()
    expect(await stuck).toEqual(applied)
  })

  it('ACC-4: one whose key is being used elsewhere fails alone, and keeps nobody', async () => {
    const { submit, applies } = aPlace()
    const both = [submit(aBundle()), submit(aBundle())]
    await soon()
    applies[0]?.end(new MailError('IDEMPOTENCY_IN_PROGRESS', {}))
    await soon()
    expect(applies.map(({ bundles }) => bundles.length)).toEqual([2, 1, 1])
    const third = submit(aBundle())
    await soon()
    expect(applies).toHaveLength(4)
    applies[1]?.end(new MailError('IDEMPOTENCY_IN_PROGRESS', {}))
    applies[2]?.end()
    applies[3]?.end()
    await expect(both[0]).rejects.toMatchObject({ code: 'IDEMPOTENCY_IN_PROGRESS' })
    expect(await both[1]).toEqual(applied)
    expect(await third).toEqual(applied)
  })
})
