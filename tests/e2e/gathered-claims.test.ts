import { memoryStorage } from '@mailwright/adapters/storage/memory'
import type { Storage } from '@mailwright/core'
import { describe, expect, it, vi } from 'vitest'
import { aService, welcome } from './a-service.js'

/** As in `loops.ts`; a timer may be up to a millisecond early. */
const GATHER_MS = 20 - 1

describe('claims of single mail', () => {
  it('take together what comes within a moment', async () => {
    const inner = memoryStorage()
    let found = 0
    const storage: Storage = {
      ...inner,
      claim: async (request) => {
        const works = await inner.claim(request)
        if (request.kinds.includes('send') && works.length > 0) found += 1
        return works
      },
    }
    const { mail, transport } = await aService({ storage })
    await mail.start()
    const began = performance.now()
    for (let n = 0; n < 60; n += 1) {
      await mail.send({ ...welcome, to: `reader${n}@office.example` })
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    await vi.waitFor(() => expect(transport.count).toBe(60), { timeout: 10_000 })
    const most = 1 + (performance.now() - began) / GATHER_MS
    expect(found).toBeLessThanOrEqual(most)
    await mail.stop()
  })
})
