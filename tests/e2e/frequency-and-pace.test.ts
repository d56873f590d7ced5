import { steppedClock } from '@mailwright/adapters/clock/stepped'
import { inProcessLimiter } from '@mailwright/adapters/limiter/in-process'
import { describe, expect, it } from 'vitest'
import { accepted, aService, SENDER, START, settle, welcome } from './a-service.js'

const HOUR = 3_600_000
const ann = 'ann@office.example'
const batch = { type: 'immediate', from: SENDER, template: 'welcome', group: 'readers' } as const

describe('frequency and pace', () => {
  it('TRG-3: 10 mails an hour, sliding, to one recipient of one account, however written', async () => {
    const service = await aService()
    for (let minute = 0; minute < 10; minute += 1) {
      await service.mail.send({ ...welcome, to: minute % 2 ? ann : 'ANN@Office.Example' })
      await service.clock.stepBy(60_000)
    }
    const limited = { code: 'FREQUENCY_LIMIT' }
    await expect(service.mail.send({ ...welcome, to: ann })).rejects.toMatchObject(limited)
    await expect(service.mail.sendRegular({ ...welcome, to: ann })).rejects.toMatchObject(limited)
    const two = await service.mail.send({ ...welcome, to: [ann, 'bob@office.example'] })
    expect(two.messages).toMatchObject([{ state: 'refused', refusal: limited }, { state: 'accepted' }])
    await service.clock.stepTo(START + HOUR - 1)
    await expect(service.mail.send({ ...welcome, to: ann })).rejects.toMatchObject(limited)
    await service.clock.stepTo(START + HOUR)
    await service.mail.send({ ...welcome, to: ann })
    await expect(service.mail.send({ ...welcome, to: ann })).rejects.toMatchObject(limited)
    const other = service.mail.account('other')
    await other.domains.create({ name: 'mail.other.example', trust: 'operator' })
    await other.senders.create({ address: 'hi@mail.other.example' })
    await other.send({ from: 'hi@mail.other.example', to: ann, subject: 'Hi', text: 'x' })
  })

  it('TRG-3: batch mail neither counts nor is checked', async () => {
    const service = await aService()
    await service.mail.groups.create({ name: 'readers' })
    await service.mail.groups.importCsv('readers', `email,name\n${ann},Ann\n`)
    for (let task = 0; task < 11; task += 1) await service.mail.tasks.create(batch)
    await settle(service)
    expect(service.transport.count).toBe(11)
    for (let mail = 0; mail < 10; mail += 1) await service.mail.send({ ...welcome, to: ann })
    await service.mail.tasks.create(batch)
    await settle(service)
    expect(service.transport.count).toBe(22)
  })

  it('TRG-3: accountPerSecond paces the hand-over in every second, and never the answer of send', async () => {
    const clock = steppedClock(START)
    const sent: number[] = []
    const service = await aService({
      policy: { accountPerSecond: 5 },
      more: { clock, limiter: inProcessLimiter({ clock }) },
      answer: () => {
        sent.push(clock.now())
        return accepted
      },
    })
    const to = Array.from({ length: 23 }, (_, index) => `r${index}@readers.example`)
    await service.mail.send({ ...welcome, to })
    await Promise.all(to.map((one) => service.mail.send({ ...welcome, to: one })))
    expect(clock.now()).toBe(START)
    while (sent.length < 46) {
      let over = false
      const ticking = service.mail.tick({ maxMs: 60_000 }).finally(() => {
        over = true
      })
      while (!over) {
        await new Promise((resolve) => setTimeout(resolve, 1))
        await clock.stepBy(100)
      }
      const { nextDueAt } = await ticking
      if (nextDueAt !== null && nextDueAt > clock.now()) await clock.stepTo(nextDueAt)
    }
    for (const at of sent) expect(sent.filter((one) => one >= at && one < at + 1_000).length).toBeLessThanOrEqual(5)
    expect(service.transport.count).toBe(46)
    expect(service.problems).toEqual([])
    await service.mail.stop()
  })

  it('TRG-3: a pace needs no limiter of the host: the storage counts', async () => {
    const clock = steppedClock(START)
    const sent: number[] = []
    const answer = () => {
      sent.push(clock.now())
      return accepted
    }
    const service = await aService({ policy: { accountPerSecond: 5 }, more: { clock }, answer })
    const to = Array.from({ length: 17 }, (_, index) => `r${index}@readers.example`)
    await service.mail.send({ ...welcome, to })
    const ticks: Promise<unknown>[] = []
    for (let turn = 0; sent.length < 17 && turn < 500; turn += 1) {
      ticks.push(service.mail.tick({ maxMs: 60_000 }))
      await new Promise((resolve) => setTimeout(resolve, 1))
      await clock.stepBy(10)
    }
    expect(sent).toHaveLength(17)
    for (const at of sent) expect(sent.filter((one) => one >= at && one < at + 1_000).length).toBeLessThanOrEqual(5)
    await service.mail.stop()
    await Promise.all(ticks)
    expect(service.problems).toEqual([])
  })
})
