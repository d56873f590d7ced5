import { describe, expect, it } from 'vitest'
import { aService, DAY, DOMAIN, settle, welcome } from './a-service.js'

const codeOf = (call: Promise<unknown>): Promise<string | null> =>
  call.then(
    () => null,
    (error: { readonly code?: string }) => error.code ?? String(error),
  )

describe('addresses on the blocklist', () => {
  it.each([
    ['ann@bücher.example', 'ANN@xn--bcher-kva.example'],
    ['ann@xn--bcher-kva.example', 'ann@BÜCHER.example'],
    ['ann@bu\u0308cher.example', 'ann@b\u00fccher.example'],
    ['ann@ｂｕｃｈ.example', 'ann@buch.example'],
    ['"ann"@office.example', 'ann@office.example'],
    ['ann@office.example', '"Ann"@OFFICE.example'],
    [' ann@office.example ', 'Ann <ann@office.example>'],
    ['jose\u0301@office.example', 'JOS\u00c9@office.example'],
    ['straße@office.example', 'STRAßE@office.example'],
    ['@bücher.example', 'ann@mail.xn--bcher-kva.example'],
    ['Office.EXAMPLE', 'ann@sub.office.example'],
    ['office.example.', 'ann@office.example'],
  ])('TRG-7, BLK-4: %j keeps mail from %j', async (blocked, to) => {
    const { mail } = await aService({ policy: { smtpUtf8: true } })
    const isDomain = !/.@/.test(blocked)
    await mail.blocklist.custom.add(isDomain ? { domains: [blocked] } : { addresses: [blocked] })
    expect(await codeOf(mail.send({ ...welcome, to }))).toBe('CUSTOM_BLOCKED')
  })

  it.each([
    ['ann@office.example', 'ann+x@office.example'],
    ['ann@office.example', 'a.nn@office.example'],
    ['ann@office.example', 'ann@sub.office.example'],
    ['@sub.office.example', 'ann@office.example'],
    ['@office.example', 'ann@backoffice.example'],
  ])('TRG-7, BLK-4: %j does not keep mail from %j', async (blocked, to) => {
    const { mail } = await aService()
    await mail.blocklist.custom.add(blocked.startsWith('@') ? { domains: [blocked] } : { addresses: [blocked] })
    expect(await codeOf(mail.send({ ...welcome, to }))).toBeNull()
  })

  it.each(['@com', 'co.uk', '@', '@@office.example', 'a b.example', '127.0.0.1'])(
    'BLK-4: %j is no domain to block',
    async (domain) => {
      const { mail } = await aService()
      expect(await codeOf(mail.blocklist.custom.add({ domains: [domain] }))).toMatch(/_INVALID$/)
    },
  )

  it('BLK-4: a row begins and ends at its very instants, for accepted mail too', async () => {
    const service = await aService()
    const { mail, clock } = service
    const ann = 'ann@office.example'
    const [startsAt, endsAt] = [clock.now() + DAY, clock.now() + 2 * DAY]
    await mail.blocklist.custom.add({ addresses: [ann], startsAt, endsAt })
    const tryAt = async (at: number) => {
      await clock.stepTo(at)
      return codeOf(mail.send({ ...welcome, to: ann }))
    }
    expect(await tryAt(startsAt - 1)).toBeNull()
    // Accepted before the start, attempted at it (TRG-6).
    await clock.stepTo(startsAt)
    await settle(service)
    expect(service.transport.count).toBe(0)
    expect(await tryAt(startsAt)).toBe('CUSTOM_BLOCKED')
    expect(await tryAt(endsAt - 1)).toBe('CUSTOM_BLOCKED')
    expect(await tryAt(endsAt)).toBeNull()
    expect((await mail.blocklist.custom.list({ status: 'expired' })).items).toHaveLength(1)
    expect((await mail.blocklist.custom.list({ status: 'active' })).items).toEqual([])
  })

  it('BLK-3: a block that the same import puts again can be lifted again', async () => {
    const { mail } = await aService()
    const [address, file] = ['ann@office.example', '[{"created":1793491200,"email":"ann@office.example"}]']
    for (let round = 0; round < 3; round += 1) {
      await mail.blocklist.importSuppressions(file, { from: 'sendgrid', list: 'unsubscribes' })
      expect(await codeOf(mail.send({ ...welcome, to: address }))).toBe('RECIPIENT_REJECTED')
      const lift = () => codeOf(mail.blocklist.rejects.lift({ address, senderDomain: DOMAIN, reason: 'asked' }))
      expect((await Promise.all([lift(), lift()])).sort()).toEqual(['NOT_FOUND', null].sort())
      expect(await codeOf(mail.send({ ...welcome, to: address }))).toBeNull()
    }
    expect((await mail.blocklist.rejects.lifted()).items).toHaveLength(3)
  })
})
