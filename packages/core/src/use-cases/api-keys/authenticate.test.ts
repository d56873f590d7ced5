import { timingSafeEqual } from 'node:crypto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { aContext, NOON } from '../../../tests/a-context.js'
import type { StorageReads } from '../../ports/reads.js'
import { authenticate } from './authenticate.js'
import { createApiKey } from './create-api-key.js'
import { revokeApiKey } from './revoke-api-key.js'

vi.mock('node:crypto', async (original) => {
  const actual = await original<typeof import('node:crypto')>()
  return { ...actual, timingSafeEqual: vi.fn(actual.timingSafeEqual) }
})
const compare = vi.mocked(timingSafeEqual)
beforeEach(() => void compare.mockClear())

/** A context that counts the questions it asks, with a key of the account acme. */
async function aKey(policy = {}) {
  const asked: unknown[] = []
  const inner = aContext({ policy })
  const read = new Proxy(inner.storage.read, {
    get: (target, name: keyof StorageReads) => (question: never) => {
      asked.push([name, question])
      return (target[name] as (question: never) => unknown)(question)
    },
  })
  const ctx = { ...inner, storage: { ...inner.storage, read } }
  const key = await createApiKey(ctx, 'acme', { name: 'shop', role: 'sender', tags: { team: 'growth' } })
  return { ctx, key, asked }
}

const wrong = (key: string): string => key.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'))
const unknown = (key: string): string => key.replace(/(?<=mw_)./, (first) => (first === 'a' ? 'b' : 'a'))

describe('authenticate', () => {
  it('ACC-3: says whose key it is', async () => {
    const { ctx, key } = await aKey()
    expect(await authenticate(ctx, key.key)).toEqual({
      account: 'acme',
      role: 'sender',
      tags: { team: 'growth' },
      actor: `key:${key.id}`,
    })
  })

  it('ACC-3, T24: known, unknown, wrong, expired and revoked cost the same comparisons of equal length and the same questions', async () => {
    const { ctx, key, asked } = await aKey()
    const short = await createApiKey(ctx, 'acme', { name: 'short', role: 'admin', expiresAt: NOON + 1_000 })
    const gone = await createApiKey(ctx, 'acme', { name: 'gone', role: 'admin' })
    await revokeApiKey(ctx, 'acme', gone.id)
    ctx.clock.advance(1_000)
    const seen: string[] = []
    for (const given of [wrong(key.key), unknown(key.key), short.key, gone.key, key.key]) {
      compare.mockClear()
      asked.length = 0
      const holder = await authenticate(ctx, given)
      expect(holder === null).toBe(given !== key.key)
      for (const [a, b] of compare.mock.calls) expect([a.byteLength, b.byteLength]).toEqual([32, 32])
      seen.push(`${compare.mock.calls.length} comparisons, ${asked.map((one) => (one as [string])[0])}`)
    }
    expect(new Set(seen)).toEqual(new Set(['2 comparisons, recordByKey']))
  })

  it('ACC-3, T24: a wrong key is asked about in vain also while the right one is remembered', async () => {
    const { ctx, key, asked } = await aKey()
    await authenticate(ctx, key.key)
    asked.length = 0
    expect(await authenticate(ctx, wrong(key.key))).toBeNull()
    expect(await authenticate(ctx, unknown(key.key))).toBeNull()
    expect(asked).toHaveLength(2)
    expect(await authenticate(ctx, key.key)).not.toBeNull()
    expect(asked).toHaveLength(2)
  })

  it('ACC-3, T24: what is no key costs no question', async () => {
    const { ctx, key, asked } = await aKey()
    for (const given of [undefined, null, 7, {}, '', 'x'.repeat(10_000_000), `${key.key}x`, key.key.slice(1)])
      expect(await authenticate(ctx, given)).toBeNull()
    expect(asked).toEqual([])
  })

  it('ACC-3: is asked about again after five seconds, and not after it was revoked here', async () => {
    const { ctx, key, asked } = await aKey()
    await authenticate(ctx, key.key)
    asked.length = 0
    ctx.clock.advance(4_999)
    await authenticate(ctx, key.key)
    expect(asked).toHaveLength(0)
    ctx.clock.advance(1)
    await authenticate(ctx, key.key)
    expect(asked).toHaveLength(1)
    await revokeApiKey(ctx, 'acme', key.id)
    expect(await authenticate(ctx, key.key)).toBeNull()
  })

  it('ACC-3: a look-up that a revocation overtakes is not remembered', async () => {
    const { ctx, key } = await aKey()
    let revoked = false
    const read: StorageReads = {
      ...ctx.storage.read,
      record: ctx.storage.read.record,
      recordByKey: async (question) => {
        const found = await ctx.storage.read.recordByKey(question)
        if (!revoked) await revokeApiKey(slow, 'acme', key.id)
        revoked = true
        return found
      },
    }
    const slow = { ...ctx, storage: { ...ctx.storage, read } }
    // It began before the revocation was stored.
    expect(await authenticate(slow, key.key)).not.toBeNull()
    expect(await authenticate(slow, key.key)).toBeNull()
  })

  it('ACC-3, T24: a source of too many wrong keys is looked up no more until the minute is over; keys in use work on', async () => {
    const { ctx, key, asked } = await aKey({ apiKeyFailuresPerMinute: 3 })
    const idle = await createApiKey(ctx, 'acme', { name: 'idle', role: 'viewer' })
    expect(await authenticate(ctx, key.key, '192.0.2.1')).not.toBeNull()
    for (let n = 0; n < 3; n += 1) await authenticate(ctx, wrong(key.key), '192.0.2.1')
    asked.length = 0
    expect(await authenticate(ctx, wrong(key.key), '192.0.2.1')).toBeNull()
    expect(await authenticate(ctx, idle.key, '192.0.2.1')).toBeNull()
    expect(asked).toEqual([])
    expect(await authenticate(ctx, key.key, '192.0.2.1')).not.toBeNull()
    expect(await authenticate(ctx, idle.key, '192.0.2.2')).not.toBeNull()
    ctx.clock.advance(60_000)
    expect(await authenticate(ctx, idle.key, '192.0.2.1')).not.toBeNull()
  })

  it('ACC-3: notes the day of the last use with one write a day, and lets in whoever has the key when it cannot', async () => {
    const { ctx, key } = await aKey()
    let applied = 0
    const storage = {
      ...ctx.storage,
      apply: async (...given: Parameters<typeof ctx.storage.apply>) => {
        applied += 1
        return ctx.storage.apply(...given)
      },
    }
    for (let n = 0; n < 20; n += 1) {
      await authenticate({ ...ctx, storage }, key.key)
      ctx.clock.advance(6_000)
    }
    expect(applied).toBe(1)
    const down = { ...ctx.storage, apply: () => Promise.reject(new Error('away')) }
    ctx.clock.advance(86_400_000)
    expect(await authenticate({ ...ctx, storage: down }, key.key)).not.toBeNull()
  })
})
