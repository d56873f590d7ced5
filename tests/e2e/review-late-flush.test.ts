import { memoryStorage } from '@mailwright/adapters/storage/memory'
import type { Storage } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { aService, aTask, settle, welcome } from './a-service.js'

describe('a flush that is applied after its lease was taken over', () => {
  it('TSK-6: gives back no allowance that the next holder has given back', async () => {
    const shared = memoryStorage()
    let arrived = () => {}
    let goOn = () => {}
    const held = new Promise<void>((resolve) => {
      arrived = resolve
    })
    const open = new Promise<void>((resolve) => {
      goOn = resolve
    })
    // The first process is stopped (by the garbage collector, or by a machine that sleeps) just before it gives back.
    const slow: Storage = {
      ...shared,
      apply: async (bundles, options) => {
        const returns = bundles.some(({ changes }) => changes.some(({ type }) => type === 'quota.return'))
        if (returns) {
          arrived()
          await open
        }
        return shared.apply(bundles, options)
      },
    }
    const first = await aService({ storage: slow })
    const addresses = ['readers0@readers.example', 'readers1@readers.example', 'readers2@readers.example']
    await first.mail.blocklist.custom.add({ addresses, reason: 'asked' })
    const { id } = await aTask(first, 3)
    const { domain } = await first.mail.tasks.get(id)
    const to = Array.from({ length: 5 }, (_, index) => `office${index}@office.example`)
    await first.mail.send({ ...welcome, to })
    const ticking = first.mail.tick()
    await held
    const second = await aService({ storage: shared })
    await second.clock.stepBy(66_000)
    await settle(second)
    const quota = { scope: domain, day: '2026-11-23' }
    expect(await shared.read.quota(quota)).toMatchObject({ granted: 5 })
    goOn()
    await ticking
    expect(await shared.read.quota(quota)).toMatchObject({ granted: 5 })
  })
})
