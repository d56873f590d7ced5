import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { describe, expect, it } from 'vitest'
import { accepted, aService, aTask, DAY, START, settle, welcome } from './a-service.js'

/** Holds every answer back until it is opened. */
function aGate() {
  let open = () => {}
  let reached = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const first = new Promise<void>((resolve) => {
    reached = resolve
  })
  const pass = async () => {
    reached()
    return opened
  }
  return { open: () => open(), first, pass }
}

const repeated = (recipients: readonly (string | undefined)[]): readonly (string | undefined)[] =>
  recipients.filter((one, index) => recipients.indexOf(one) !== index)

describe('a chunk that is rung while it is in flight', () => {
  it('REL-2, TSK-14: pause and restart while its last mails are on their way sends nobody a second mail', async () => {
    const gate = aGate()
    const service = await aService({
      answer: async () => {
        await gate.pass()
        return accepted
      },
    })
    const { id } = await aTask(service, 5)
    const ticking = service.mail.tick()
    await gate.first
    await service.mail.tasks.pause(id)
    await service.mail.tasks.restart(id)
    gate.open()
    await ticking
    await settle(service)
    expect(repeated(service.transport.messages.map(({ envelope }) => envelope.to[0]))).toEqual([])
    expect(service.transport.count).toBe(5)
  })

  it('TSK-6: cancel while its last mails are on their way gives back no allowance of mails that were handed over', async () => {
    const gate = aGate()
    const storage = memoryStorage()
    const service = await aService({
      storage,
      answer: async () => {
        await gate.pass()
        return accepted
      },
    })
    const { id } = await aTask(service, 5)
    const { domain } = await service.mail.tasks.get(id)
    const ticking = service.mail.tick()
    await gate.first
    await service.mail.tasks.cancel(id)
    gate.open()
    await ticking
    await settle(service)
    const handedOver = service.transport.count
    expect(await storage.read.quota({ scope: domain, day: '2026-11-23' })).toMatchObject({ granted: handedOver })
  })

  it('REL-2: the pump that looks while a chunk of yesterday is in flight sends nobody a second mail', async () => {
    const gate = aGate()
    let down = true
    const service = await aService({
      policy: { chunkRows: 10 },
      answer: async (_, recipient) => {
        if (down) return { type: 'unreached', stage: 'connect', cause: 'relay is down' }
        if (recipient.endsWith('@readers.example')) await gate.pass()
        return accepted
      },
    })
    // The relay is down before the chunk is made, so that it is first claimed on the next day.
    for (let index = 0; index < 5; index += 1)
      await service.mail.send({ ...welcome, to: `early${index}@office.example` })
    await service.mail.tick()
    await aTask(service, 10)
    await service.mail.tick()
    await service.clock.stepTo(START + DAY)
    down = false
    const ticking = service.mail.tick()
    await gate.first
    // Any trigger mail of the domain rings its pump.
    await service.mail.send({ ...welcome, to: 'ann@office.example' })
    await service.mail.tick()
    await service.clock.stepBy(2_000)
    await service.mail.tick()
    gate.open()
    await ticking
    await settle(service)
    expect(repeated(service.transport.messages.map(({ envelope }) => envelope.to[0]))).toEqual([])
  })
})
