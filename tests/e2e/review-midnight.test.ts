import { describe, expect, it } from 'vitest'
import { aService, aTask, refused, settle } from './a-service.js'

const MIDNIGHT = Date.UTC(2026, 10, 24)

describe('a batch at midnight', () => {
  it("TSK-6: a chunk in flight over midnight does not add yesterday's grants to today's limit", async () => {
    let started = 0
    const today = new Set<string>()
    const service = await aService({
      policy: { unsettledMax: 2 },
      answer: async (_, recipient) => {
        started += 1
        // Counted by when it was handed to the transport, before the clock is stepped.
        if (service.clock.now() >= MIDNIGHT) today.add(recipient)
        if (started === 10) await service.clock.stepTo(MIDNIGHT + 1_000)
        return refused(452, '4.2.2', 'mailbox full')
      },
    })
    await service.clock.stepTo(MIDNIGHT - 1_000)
    await aTask(service, 1_500)
    await settle(service, MIDNIGHT + 60_000)
    expect(today.size).toBeGreaterThan(400)
    expect(today.size).toBeLessThanOrEqual(500)
  })
})
