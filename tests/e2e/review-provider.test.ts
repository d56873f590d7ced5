import { describe, expect, it } from 'vitest'
import { accepted, aService, refused, SENDER, START, settle, welcome } from './a-service.js'

describe('a provider that asks for a rest', () => {
  it('TSK-12: answered to a trigger mail, it holds the batch to that provider too', async () => {
    const asked: string[] = []
    const service = await aService({
      answer: (_, recipient) => {
        asked.push(recipient)
        return asked.length === 1 ? refused(421, '4.7.0', 'slow down') : accepted
      },
    })
    await service.mail.send({ ...welcome, to: 'ann@gmail.com' })
    await service.mail.tick()
    await service.mail.groups.create({ name: 'readers' })
    await service.mail.groups.importCsv('readers', 'email,name\nr1@gmail.com,R\nr2@googlemail.com,R\n')
    await service.mail.tasks.create({ type: 'immediate', from: SENDER, template: 'welcome', group: 'readers' })
    await settle(service, START + 9 * 60_000)
    expect(asked).toEqual(['ann@gmail.com'])
  })

  it('TSK-12: gets no further trigger mail of the same claim', async () => {
    let asked = 0
    const service = await aService({
      concurrency: 2,
      answer: () => {
        asked += 1
        return refused(421, '4.7.0', 'slow down')
      },
    })
    const to = Array.from({ length: 30 }, (_, index) => `r${index}@slow.example`)
    await service.mail.send({ ...welcome, to })
    await service.mail.tick()
    // What was on its way at the first answer cannot be called back: as many as there are connections.
    expect(asked).toBeLessThanOrEqual(2)
  })
})
