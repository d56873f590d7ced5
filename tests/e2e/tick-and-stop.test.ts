import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { describe, expect, it } from 'vitest'
import { accepted, aService, aTask, START, settle, statesOf, welcome } from './a-service.js'

describe('tick and stop', () => {
  it('HOST-2: tick ends when its time is over, nothing in flight, and the next one goes on', async () => {
    const service = await aService({ policy: { startLevel: 20 } })
    const { mail, transport } = service
    await aTask(service, 20_000)
    const { nextDueAt } = await mail.tick({ maxMs: 0 })
    const sent = transport.count
    expect(sent).toBeLessThan(20_000)
    expect(nextDueAt).toBeLessThanOrEqual(service.clock.now())
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    expect(transport.count).toBe(sent)
    await settle(service)
    expect(transport.count).toBe(20_000)
    expect(new Set(transport.messages.map(({ envelope }) => envelope.to[0])).size).toBe(20_000)
  })

  it('HOST-2, REL-1: stop waits no longer than drainMs for a peer that hangs, and the next process sends the mail', async () => {
    // One process that closes its connection closes it for itself only.
    const storage = { ...memoryStorage(), close: async () => {} }
    let begin: () => void = () => {}
    const begun = new Promise<void>((resolve) => {
      begin = resolve
    })
    const first = await aService({
      storage,
      answer: () => {
        begin()
        return new Promise(() => {})
      },
    })
    await first.mail.start()
    await first.mail.send({ ...welcome, to: 'ann@office.example' })
    await begun
    await first.mail.stop({ drainMs: 1 })
    expect(await statesOf(first)).not.toEqual({ 'ann@office.example': 'delivered' })
    const second = await aService({ storage, clock: first.clock })
    await settle(second, START + 30 * 60_000)
    expect(await statesOf(second)).toEqual({ 'ann@office.example': 'delivered' })
    expect(second.transport.count).toBe(1)
  })

  it('HOST-2, REL-1: stop lets a tick come to its end: what it has started is stored', async () => {
    let begin: () => void = () => {}
    let answer: () => void = () => {}
    const begun = new Promise<void>((resolve) => {
      begin = resolve
    })
    const storage = { ...memoryStorage(), close: async () => {} }
    const service = await aService({
      storage,
      answer: () => {
        begin()
        return new Promise((resolve) => {
          answer = () => resolve(accepted)
        })
      },
    })
    await service.mail.send({ ...welcome, to: 'ann@office.example' })
    const ticked = service.mail.tick({ maxMs: 60_000 })
    await begun
    const ended: string[] = []
    void ticked.then(() => ended.push('tick'))
    const stopped = service.mail.stop({ drainMs: 60_000 }).then(() => ended.push('stop'))
    await new Promise((resolve) => setImmediate(resolve))
    expect(ended).toEqual([])
    answer()
    await stopped
    expect(ended).toEqual(['tick', 'stop'])
    expect(await statesOf(await aService({ storage, clock: service.clock }))).toEqual({
      'ann@office.example': 'delivered',
    })
  })
})
