import { describe, expect, it } from 'vitest'
import { accepted, aService, aTask } from './a-service.js'

describe('a chunk whose relay answers now and then', () => {
  it('REL-1: goes on when more rows came back than may be unsettled', async () => {
    let asked = 0
    const service = await aService({
      policy: { unsettledMax: 10 },
      answer: () => {
        asked += 1
        return asked % 2 ? { type: 'unreached', stage: 'connect', cause: 'connection reset' } : accepted
      },
    })
    await aTask(service, 60)
    let over = false
    const ticking = service.mail.tick().then(() => {
      over = true
    })
    for (let turn = 0; turn < 50_000 && !over; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    expect(over, `tick is over; ${asked} of 60 rows were started`).toBe(true)
    await ticking
  })
})
