import { describe, expect, it } from 'vitest'
import { aService, DOMAIN, SENDER, settle, statesOf, welcome } from './a-service.js'

const SIMULATOR = 'simulator.mailwright.test'
const HOUR = 3_600_000

const names = ['delivered', 'bounce', 'full', 'complaint', 'defer', 'slow'] as const

describe('the simulator', () => {
  it('HOST-4: answers for its addresses before any transport, each in its own way', async () => {
    const service = await aService()
    for (const name of names) await service.mail.send({ ...welcome, to: `${name}@${SIMULATOR}` })
    await settle(service)
    expect(await statesOf(service)).toEqual({
      [`delivered@${SIMULATOR}`]: 'delivered',
      [`bounce@${SIMULATOR}`]: 'bounced',
      [`full@${SIMULATOR}`]: 'bounced',
      [`complaint@${SIMULATOR}`]: 'delivered',
      [`defer@${SIMULATOR}`]: 'deferred',
      [`slow@${SIMULATOR}`]: 'delivered',
    })
    await settle(service, service.clock.now() + HOUR)
    expect((await statesOf(service))[`defer@${SIMULATOR}`]).toBe('delivered')
    expect(service.transport.count).toBe(0)
    expect(service.problems).toEqual([])
  })

  it('HOST-4: takes no allowance, no frequency and enters no statistics, as single mail or in a batch', async () => {
    const service = await aService()
    for (let n = 0; n < 12; n += 1) await service.mail.send({ ...welcome, to: `delivered@${SIMULATOR}` })
    await service.mail.groups.create({ name: 'mixed' })
    const rows = names.filter((name) => name !== 'slow').map((name) => `${name}+batch@${SIMULATOR},${name}`)
    await service.mail.groups.importCsv('mixed', `email,name\nreal@readers.example,Real\n${rows.join('\n')}\n`)
    const { id } = await service.mail.tasks.create({
      type: 'immediate',
      from: SENDER,
      template: 'welcome',
      group: 'mixed',
    })
    await settle(service, service.clock.now() + HOUR)
    expect(await service.mail.tasks.get(id)).toMatchObject({ state: 'done', sent: 6, delivered: 4, bounced: 2 })
    expect((await service.mail.domains.get(DOMAIN)).allowance).toMatchObject({ usedToday: 1 })
    const { items } = await service.mail.statistics.sending({ from: 0, to: service.clock.now() + HOUR })
    expect(items.map(({ counts }) => [counts.accepted, counts.handedOver])).toEqual([[1, 1]])
    expect(service.transport.count).toBe(1)
    expect(service.problems).toEqual([])
  })

  it('HOST-4: blocks none of its addresses, so that a test can bounce and complain twice', async () => {
    const service = await aService()
    for (const name of ['bounce', 'complaint', 'bounce', 'complaint', 'nobody'] as const) {
      await service.mail.send({ ...welcome, to: `${name}@${SIMULATOR}` })
      await settle(service)
    }
    const { items } = await service.mail.deliveries.messages({ recipient: `complaint@${SIMULATOR}` })
    expect(items.length).toBe(2)
    const timeline = await service.mail.deliveries.timeline(items[0]?.id ?? '')
    expect(timeline.map(({ kind }) => kind)).toContain('complaint')
  })
})
