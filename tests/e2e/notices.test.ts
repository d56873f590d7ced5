import { describe, expect, it } from 'vitest'
import { aDsn, anArf, returnPathOf } from './a-notice.js'
import { aService, DOMAIN, refused, SENDER, settle, statesOf, welcome } from './a-service.js'
import { aTellingService, HOOK } from './callbacks-told.js'

const ANN = 'ann@readers.example'

/** A mail that its relay took, and the way back to it. */
async function aSentMail(options: Parameters<typeof aTellingService>[0] = {}) {
  const service = await aTellingService(options)
  await service.mail.callbacks.setAccount({ url: HOOK })
  const sent = await service.mail.send({ ...welcome, to: ANN })
  await settle(service)
  await service.clock.stepBy(60_000)
  const heard: string[] = []
  for (const type of ['bounced', 'deferred', 'delivered', 'complained'] as const)
    service.mail.on(type, ({ message }) => heard.push(`${type} ${message}`))
  return { ...service, message: sent.messages[0]?.id ?? '', path: returnPathOf(service.transport.messages[0]), heard }
}

const told = (service: Awaited<ReturnType<typeof aSentMail>>) => service.told().map(({ event }) => event.event)

const countsOf = async ({ storage, clock }: Awaited<ReturnType<typeof aSentMail>>) => {
  const [all] = await storage.read.tallies({ cube: 'sender', account: 'default', from: 0, to: clock.now() + 1, by: [] })
  return all?.counts
}

describe('a report of failure', () => {
  it('DLV-5, BLK-1: turns a delivered mail into a bounce, blocks the address, and is told once', async () => {
    const service = await aSentMail()
    const { mail, path, message, heard } = service
    expect(await statesOf(service)).toEqual({ [ANN]: 'delivered' })
    const answer = await mail.ingest.dsn(aDsn(path, { recipient: ANN }))
    expect(answer).toMatchObject({
      kind: 'report',
      events: [
        { message, recipient: ANN, type: 'bounced', reason: 'no-such-user', hardness: 'hard', outcome: 'stored' },
      ],
    })
    await settle(service)
    for (const _ of [1, 2]) await mail.ingest.dsn(aDsn(path, { recipient: ANN }))
    await settle(service)
    expect(await statesOf(service)).toEqual({ [ANN]: 'bounced' })
    expect(await countsOf(service)).toMatchObject({ delivered: 1, bouncedHard: 1, invalid: 1, uncorrelated: 0 })
    expect((await mail.blocklist.invalid.mine()).items).toMatchObject([{ address: ANN }])
    expect(told(service)).toEqual(['delivered', 'bounce'])
    expect(service.told()[1]?.event).toMatchObject({ bounceType: 'hard_bounce', reason: '550 5.1.1 User unknown' })
    expect(heard).toEqual([`bounced ${message}`])
    expect((await mail.deliveries.bounces()).items).toMatchObject([
      { hardness: 'hard', reason: 'no-such-user', reply: '550 5.1.1 User unknown' },
    ])
    expect((await mail.deliveries.timeline(message)).map(({ kind }) => kind)).toEqual([
      'accepted',
      'delivered',
      'bounced',
    ])
    expect(service.problems).toEqual([])
  })
})
void [anArf, aService, DOMAIN, refused, SENDER]
