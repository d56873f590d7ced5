import { describe, expect, it } from 'vitest'
import {
  accepted,
  anotherAccount,
  aService,
  DAY,
  otherMail,
  refused,
  START,
  settle,
  statesOf,
  welcome,
} from './a-service.js'

const ann = 'ann@office.example'

describe('people', () => {
  it('BLK-1: an address that does not exist is blocked for all accounts, until 180 days after the latest such bounce', async () => {
    let gone = true
    const service = await aService({
      answer: (_, to) => (to === ann && gone ? refused(550, '5.1.1', 'no such user') : accepted),
    })
    const { mail, clock } = service
    const other = await anotherAccount(service)
    await mail.send({ ...welcome, to: ann })
    await settle(service)
    const blocked = { code: 'INVALID_ADDRESS_BLOCKED' }
    await expect(mail.send({ ...welcome, to: ann })).rejects.toMatchObject(blocked)
    await expect(other.send(otherMail('ANN@office.example'))).rejects.toMatchObject(blocked)

    await clock.stepTo(START + 100 * DAY)
    await other.blocklist.invalid.whitelist({ addresses: [ann] })
    await other.send(otherMail(ann))
    await settle(service)
    await other.blocklist.invalid.whitelist({ addresses: [ann], on: false })
    gone = false
    await clock.stepTo(START + 280 * DAY - 1)
    for (const call of [() => mail.send({ ...welcome, to: ann }), () => other.send(otherMail(ann))])
      await expect(call()).rejects.toMatchObject(blocked)
    expect((await mail.blocklist.lookup(ann)).invalid).toMatchObject({ reason: expect.stringContaining('5.1.1') })
    await clock.stepTo(START + 280 * DAY)
    expect((await mail.blocklist.lookup(ann)).invalid).toBeNull()
    await mail.send({ ...welcome, to: ann })
    await settle(service)
    expect(service.transport.count).toBe(1)
  })

  it.each([
    ['a deferral', 450, '4.1.1'],
    ['a full mailbox', 552, '5.2.2'],
    ['a policy', 550, '5.7.1'],
  ] as const)('BLK-1: %s blocks nobody', async (_, code, enhanced) => {
    const service = await aService({ answer: () => refused(code, enhanced, 'refused by policy') })
    await service.mail.send({ ...welcome, to: ann })
    await settle(service)
    expect(await service.mail.blocklist.lookup(ann)).toMatchObject({ invalid: null })
    await service.mail.send({ ...welcome, to: ann })
  })

  it('BLK-2: says whether you or another caused it and never who; a whitelist entry is per account and beats this list only', async () => {
    const service = await aService({ answer: () => refused(550, '5.1.1', 'no such user') })
    const { mail } = service
    const other = await anotherAccount(service, 'secret-tenant')
    await mail.send({ ...welcome, to: ann })
    await settle(service)
    expect((await mail.blocklist.lookup(ann)).invalid).toMatchObject({ triggeredBy: 'you' })
    const [theirs] = await other.blocklist.lookup([ann])
    expect(theirs?.invalid).toMatchObject({ triggeredBy: 'another' })
    expect(JSON.stringify(theirs)).not.toContain('default')
    expect((await other.blocklist.invalid.mine()).items).toEqual([])
    expect(await other.blocklist.invalid.remove([ann])).toEqual([{ address: ann, removed: false, stillListed: true }])

    await other.blocklist.invalid.whitelist({ addresses: [ann] })
    await other.send(otherMail(ann))
    await expect(mail.send({ ...welcome, to: ann })).rejects.toMatchObject({ code: 'INVALID_ADDRESS_BLOCKED' })
    await settle(service)
    expect((await other.blocklist.invalid.mine()).items).toMatchObject([{ address: ann }])
    expect(await mail.blocklist.invalid.remove([ann])).toEqual([{ address: ann, removed: true, stillListed: true }])
    await expect(mail.send({ ...welcome, to: ann })).rejects.toMatchObject({ code: 'INVALID_ADDRESS_BLOCKED' })
    await other.blocklist.custom.add({ addresses: [ann] })
    await expect(other.send(otherMail(ann))).rejects.toMatchObject({ code: 'CUSTOM_BLOCKED' })
    await other.blocklist.invalid.remove([ann])
    await mail.send({ ...welcome, to: ann })
    expect(await statesOf(service)).toMatchObject({ [ann]: expect.any(String) })
  })
})
