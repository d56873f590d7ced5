import { describe, expect, it } from 'vitest'
import { accepted, aService, aTask, DAY, refused, START, settle, welcome } from './a-service.js'

const TOMORROW = Date.UTC(2026, 10, 24)

describe('a paused task', () => {
  it("TSK-6, TSK-14: with resume 'manual' it stays paused on the next day, whatever else the domain sends", async () => {
    const service = await aService({ policy: { resume: 'manual' }, answer: () => refused(452, '4.2.2', 'full') })
    const { id } = await aTask(service, 1_500)
    await settle(service)
    const before = (await service.mail.tasks.get(id)).sent
    expect(before).toBe(500)
    await settle(service, TOMORROW + 1_000)
    expect((await service.mail.tasks.get(id)).sent).toBe(before)
    await service.mail.send({ ...welcome, to: 'ann@office.example' })
    await settle(service, TOMORROW + 10_000)
    expect(await service.mail.tasks.get(id)).toMatchObject({ state: 'paused', sent: before })
  })

  it('TSK-6, TSK-14: a pause of four days expires none of the rows that had not been sent', async () => {
    let pause = async () => {}
    const service = await aService({
      policy: { unsettledMax: 10 },
      answer: async () => {
        await pause()
        return accepted
      },
    })
    const { id } = await aTask(service, 300)
    pause = async () => {
      pause = async () => {}
      await service.mail.tasks.pause(id)
    }
    await settle(service)
    expect((await service.mail.tasks.get(id)).state).toBe('paused')
    await service.clock.stepTo(START + 4 * DAY)
    await service.mail.tasks.restart(id)
    await settle(service)
    expect(await service.mail.tasks.get(id)).toMatchObject({ state: 'done', delivered: 300, expired: 0 })
  })

  it('TSK-3: is not done while rows that were put off by their provider wait for their first attempt', async () => {
    let asked = 0
    const service = await aService({
      concurrency: 2,
      answer: () => {
        asked += 1
        return asked === 1 ? refused(421, '4.7.0', 'slow down') : accepted
      },
    })
    const { id } = await aTask(service, 10)
    await service.mail.tick()
    expect(asked).toBe(1)
    const task = await service.mail.tasks.get(id)
    expect(task.state).toBe('sending')
    expect(task.progress).toBeCloseTo(0.1)
  })
})
