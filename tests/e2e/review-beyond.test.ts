import { memoryStorage } from '@mailwright/adapters/storage/memory'
import type { RecipientOutcome } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { aService, aTask, DAY, refused, START, settle, welcome } from './a-service.js'

const down: RecipientOutcome = { type: 'unreached', stage: 'connect', cause: 'relay is down' }
const full = refused(452, '4.2.2', 'mailbox full')
const TOMORROW = '2026-11-24'

/** A chunk of 300 rows granted yesterday, of which today's allowance (500, 490 of them taken by trigger mail) covers ten. */
async function aChunkBeyondToday(answer: (recipient: string) => RecipientOutcome, unsettledMax = 250) {
  let relay: 'down' | 'up' = 'down'
  const storage = memoryStorage()
  const service = await aService({
    storage,
    policy: { unsettledMax },
    answer: (_, recipient) => (relay === 'down' ? down : answer(recipient)),
  })
  const { id } = await aTask(service, 300)
  const { domain } = await service.mail.tasks.get(id)
  await service.mail.tick()
  await service.clock.stepTo(START + DAY)
  for (let from = 0; from < 490; from += 49) {
    const to = Array.from({ length: 49 }, (_, index) => `office${from + index}@office.example`)
    await service.mail.send({ ...welcome, to })
  }
  expect(await storage.read.quota({ scope: domain, day: TOMORROW })).toMatchObject({ granted: 490, ceiling: 500 })
  return {
    service,
    storage,
    domain,
    id,
    up: () => {
      relay = 'up'
    },
  }
}

describe("a chunk of which today's allowance covers a part", () => {
  it('TSK-6: a relay that is down does not turn the rest of its rows into granted ones', async () => {
    const reached = new Set<string>()
    const { service, up } = await aChunkBeyondToday((recipient) => {
      reached.add(recipient)
      return full
    })
    await service.mail.tick()
    up()
    await settle(service, START + DAY + 60 * 60_000)
    expect(reached.size).toBeLessThanOrEqual(500)
  })

  it('REL-1, TSK-10: a block during its flight loses none of the rows that were not granted', async () => {
    let block = async () => {}
    const { service, storage, domain, id, up } = await aChunkBeyondToday((recipient) => {
      if (recipient.endsWith('@readers.example')) void block()
      return full
    }, 6)
    // What the pump of another process stores when it blocks the domain.
    block = async () => {
      block = async () => {}
      await storage.apply([
        {
          guards: [],
          changes: [
            { type: 'epoch.bump', keys: [`domain:${domain}`] },
            { type: 'quota.block', scope: domain, day: TOMORROW },
          ],
        },
      ])
    }
    up()
    await settle(service)
    const task = await service.mail.tasks.get(id)
    expect(task.sent + task.failed + task.cached).toBe(300)
  })
})
