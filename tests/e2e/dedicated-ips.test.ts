import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { describe, expect, it } from 'vitest'
import { anotherAccount, aService, DAY, DOMAIN, START } from './a-service.js'
import { addresses, aServiceWithIps, MARKETING, withIps } from './dedicated-ips.js'

const listed = async ({ mail }: Awaited<ReturnType<typeof aService>>) =>
  (await mail.dedicatedIps.list()).items.map(({ ip }) => ip)

describe('getting dedicated IPs', () => {
  it('DIP-1: an account opens the service, applies for its domains and gets addresses at once', async () => {
    const { mail } = await aServiceWithIps(3)
    expect(await mail.dedicatedIps.status()).toMatchObject({ state: 'closed', agreements: [] })
    const open = { state: 'open', agreements: [{ at: START, terms: '1' }] }
    expect(await mail.dedicatedIps.open({ agree: true })).toMatchObject(open)
    expect(await mail.dedicatedIps.open({ agree: true })).toMatchObject(open)
    const { ips } = await mail.dedicatedIps.apply({ count: 2, domains: [DOMAIN.toUpperCase(), DOMAIN] })
    const list = (await mail.dedicatedIps.list()).items
    expect(list).toEqual(ips.toReversed())
    for (const one of list) {
      const number = one.ip.split('.').at(-1)
      expect(one).toMatchObject({
        ehlo: `mail${number}.operator.example`,
        state: 'warming',
        domains: [{ name: DOMAIN }],
        dayInUse: 1,
        limitToday: 500,
        takenToday: 0,
        allocatedAt: START,
        monthlyPrice: 0,
      })
    }
    expect(await mail.dedicatedIps.recommend([{ qps: 200 }])).toEqual({ minimum: 7, recommended: 8 })
  })

  it('DIP-1: nothing is given out before the terms are agreed to, nor for no domain or one that is not there', async () => {
    const { mail } = await aServiceWithIps(3)
    const order = { count: 1, domains: [DOMAIN] }
    await expect(mail.dedicatedIps.apply(order)).rejects.toMatchObject({ code: 'STATE_INVALID' })
    // @ts-expect-error only true agrees
    await expect(mail.dedicatedIps.open({ agree: false })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    await mail.dedicatedIps.open({ agree: true })
    await expect(mail.dedicatedIps.apply({ count: 1, domains: [] })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    const unknown = { count: 1, domains: [DOMAIN, 'who.shop.example'] }
    await expect(mail.dedicatedIps.apply(unknown)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await mail.dedicatedIps.list()).items).toEqual([])
    await mail.domains.create({ name: 'pending.shop.example' })
    await mail.dedicatedIps.apply({ count: 1, domains: ['pending.shop.example'] })
  })

  it('DIP-1: too few free is refused with the number free, and nothing is given out', async () => {
    const service = await withIps(2, { inventory: 3 })
    const refusal = { code: 'IPS_EXHAUSTED', details: { free: 1, wanted: 2 } }
    await expect(service.mail.dedicatedIps.apply({ count: 2, domains: [DOMAIN] })).rejects.toMatchObject(refusal)
    expect(await listed(service)).toHaveLength(2)
    const none = await aService()
    await none.mail.dedicatedIps.open({ agree: true })
    const exhausted = { code: 'IPS_EXHAUSTED', details: { free: 0 } }
    await expect(none.mail.dedicatedIps.apply({ count: 1, domains: [DOMAIN] })).rejects.toMatchObject(exhausted)
  })

  it('DIP-1: the same idempotency key gets the same addresses', async () => {
    const { mail } = await aServiceWithIps(5)
    await mail.dedicatedIps.open({ agree: true })
    const order = { count: 2, domains: [DOMAIN], idempotencyKey: 'once' }
    const first = await mail.dedicatedIps.apply(order)
    expect(await mail.dedicatedIps.apply(order)).toEqual(first)
    expect((await mail.dedicatedIps.list()).items).toHaveLength(2)
    const other = mail.dedicatedIps.apply({ ...order, count: 1 })
    await expect(other).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' })
  })

  it('DIP-1: an address that has left the inventory is never given out; one that came is', async () => {
    const storage = memoryStorage()
    const before = await aServiceWithIps(3, { storage })
    await before.mail.tick()
    const after = await aServiceWithIps(0, { storage, more: { dedicatedIps: addresses(4).slice(2) } })
    await after.mail.tick()
    const { mail } = before
    await mail.dedicatedIps.open({ agree: true })
    // The older process still believes in all three.
    const refusal = { code: 'IPS_EXHAUSTED', details: { free: 1 } }
    await expect(mail.dedicatedIps.apply({ count: 2, domains: [DOMAIN] })).rejects.toMatchObject(refusal)
    const { ips } = await after.mail.dedicatedIps.apply({ count: 2, domains: [DOMAIN] })
    expect(ips.map(({ ip }) => ip).sort()).toEqual(['192.0.2.3', '192.0.2.4'])
    // In use it stays with its account until that lets it go.
    const last = await aServiceWithIps(0, { storage, more: { dedicatedIps: addresses(3).slice(1) } })
    await last.mail.tick()
    expect((await last.mail.dedicatedIps.list()).items.find(({ ip }) => ip === '192.0.2.4')?.state).toBe('retired')
    expect((await last.mail.dedicatedIps.apply({ count: 1, domains: [DOMAIN] })).ips[0]?.ip).toBe('192.0.2.2')
  })

  it('DIP-1: an inventory needs no limiter of the host, and names no address twice', async () => {
    const { mail } = await aService({ more: { dedicatedIps: addresses(1) } })
    expect((await mail.doctor()).some(({ code }) => code === 'LIMITER_NOT_SHARED')).toBe(false)
    const twice = [...addresses(1), ...addresses(1)]
    await expect(aServiceWithIps(0, { more: { dedicatedIps: twice } })).rejects.toMatchObject({
      code: 'OPTIONS_INVALID',
      details: { field: 'dedicatedIps.1.ip' },
    })
  })

  it('ACC-2: no account sees, uses or gives back the addresses of another', async () => {
    const { mail, ips } = await withIps(1)
    const other = await anotherAccount({ mail })
    await other.dedicatedIps.open({ agree: true })
    const [ip = ''] = ips
    const absent = { code: 'NOT_FOUND' }
    expect((await other.dedicatedIps.list()).items).toEqual([])
    await expect(other.dedicatedIps.disable(ip)).rejects.toMatchObject(absent)
    await expect(other.dedicatedIps.setTags(ip, {})).rejects.toMatchObject(absent)
    await expect(other.dedicatedIps.assign({ ip, domain: 'mail.other.example' })).rejects.toMatchObject(absent)
    await expect(mail.dedicatedIps.assign({ ip, domain: 'mail.other.example' })).rejects.toMatchObject(absent)
    await other.dedicatedIps.close()
    expect((await mail.dedicatedIps.list()).items).toHaveLength(1)
  })
})

describe('the domains of dedicated IPs', () => {
  it('DOM-7: a verified domain with an IP is not deleted, and the refusal names the IP; a pending one is', async () => {
    const { mail, ips } = await withIps(1)
    const [ip = ''] = ips
    await mail.domains.create({ name: MARKETING, trust: 'operator' })
    await mail.dedicatedIps.assign({ ip, domain: MARKETING })
    const inUse = { code: 'IN_USE', details: { senders: [], dedicatedIps: [ip] } }
    await expect(mail.domains.delete(MARKETING)).rejects.toMatchObject(inUse)
    await mail.dedicatedIps.unassign({ ip, domain: MARKETING })
    await mail.domains.delete(MARKETING)
    await mail.domains.create({ name: 'pending.shop.example' })
    await mail.dedicatedIps.assign({ ip, domain: 'pending.shop.example' })
    await mail.domains.delete('pending.shop.example')
    expect((await mail.dedicatedIps.list()).items[0]?.domains).toMatchObject([{ name: DOMAIN }])
  })

  it('DIP-4: an IP refuses a domain of another scenario unless forced, and a domain of none takes on its own', async () => {
    const { mail } = await aServiceWithIps(3)
    await mail.domains.create({ name: MARKETING, trust: 'operator', scenario: 'marketing' })
    await mail.dedicatedIps.open({ agree: true })
    const mixed = { code: 'SCENARIO_MIXED' }
    const wrong = { count: 1, domains: [MARKETING], scenario: 'transactional' as const }
    await expect(mail.dedicatedIps.apply(wrong)).rejects.toMatchObject(mixed)
    const { ips } = await mail.dedicatedIps.apply({ count: 1, domains: [DOMAIN], scenario: 'transactional' })
    const [{ ip } = { ip: '' }] = ips
    expect(await mail.domains.get(DOMAIN)).toMatchObject({ scenario: 'transactional' })
    await expect(mail.dedicatedIps.assign({ ip, domain: MARKETING })).rejects.toMatchObject(mixed)
    await expect(mail.domains.setScenario(DOMAIN, { scenario: 'notification' })).rejects.toMatchObject({
      ...mixed,
      details: { dedicatedIps: [ip] },
    })
    const both = await mail.dedicatedIps.assign({ ip, domain: MARKETING, force: true })
    expect(both.domains.map(({ name }) => name)).toEqual([DOMAIN, MARKETING])
    const together = { count: 1, domains: [DOMAIN, MARKETING] }
    await expect(mail.dedicatedIps.apply(together)).rejects.toMatchObject(mixed)
    const forced = await mail.dedicatedIps.apply({ ...together, force: true })
    expect(forced.ips).toMatchObject([{ scenario: null }])
    expect((await mail.dedicatedIps.apply({ count: 1, domains: [MARKETING] })).ips).toMatchObject([
      { scenario: 'marketing' },
    ])
  })

  it('DIP-4: IPs carry tags, and lists are asked by tag and by domain', async () => {
    const { mail } = await aServiceWithIps(3)
    await mail.domains.create({ name: MARKETING, trust: 'operator' })
    await mail.dedicatedIps.open({ agree: true })
    const shop = await mail.dedicatedIps.apply({ count: 2, domains: [DOMAIN], tags: { team: 'shop' } })
    const news = await mail.dedicatedIps.apply({ count: 1, domains: [MARKETING] })
    const [ip = ''] = news.ips.map((one) => one.ip)
    expect((await mail.dedicatedIps.setTags(ip, { team: 'news' })).tags).toEqual({ team: 'news' })
    const ips = async (input: Parameters<typeof mail.dedicatedIps.list>[0]) =>
      (await mail.dedicatedIps.list(input)).items.map((one) => one.ip)
    expect(await ips({ tag: { key: 'team', value: 'news' } })).toEqual([ip])
    expect(await ips({ tag: { key: 'team' } })).toHaveLength(3)
    expect(await ips({ domain: MARKETING })).toEqual([ip])
    expect((await ips({ domain: DOMAIN })).sort()).toEqual(shop.ips.map((one) => one.ip).sort())
    const long = { team: 'v'.repeat(257) }
    await expect(mail.dedicatedIps.setTags(ip, long)).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })
})

describe('giving dedicated IPs back', () => {
  it('DIP-5: a disabled IP loses its domains, rests 30 days and starts from day 1 with whoever gets it next', async () => {
    const service = await withIps(1)
    const { mail, clock, ips } = service
    const [ip = ''] = ips
    await clock.stepTo(START + 5 * DAY)
    expect((await mail.dedicatedIps.list()).items).toMatchObject([{ dayInUse: 6, limitToday: 20_000 }])
    await mail.dedicatedIps.disable(ip)
    expect((await mail.dedicatedIps.list()).items).toEqual([])
    await expect(mail.dedicatedIps.disable(ip)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const other = await anotherAccount({ mail })
    await other.dedicatedIps.open({ agree: true })
    const order = { count: 1, domains: ['mail.other.example'] }
    await clock.stepTo(START + 35 * DAY - 1)
    await expect(other.dedicatedIps.apply(order)).rejects.toMatchObject({ code: 'IPS_EXHAUSTED' })
    await clock.stepTo(START + 35 * DAY)
    expect((await other.dedicatedIps.apply(order)).ips).toMatchObject([{ ip, dayInUse: 1, limitToday: 500 }])
  })

  it('DIP-5: after a close nothing is left, the domains are free, and it has to be opened again', async () => {
    const { mail, clock } = await withIps(3, { inventory: 5 })
    await clock.stepTo(START + 1)
    expect(await mail.dedicatedIps.close()).toMatchObject({ state: 'closed', closedAt: START + 1 })
    expect(await mail.dedicatedIps.close()).toMatchObject({ state: 'closed', closedAt: START + 1 })
    expect((await mail.dedicatedIps.list()).items).toEqual([])
    const order = { count: 1, domains: [DOMAIN] }
    await expect(mail.dedicatedIps.apply(order)).rejects.toMatchObject({ code: 'STATE_INVALID' })
    await clock.stepTo(START + DAY)
    const agreements = [{ at: START }, { at: START + DAY }]
    expect(await mail.dedicatedIps.open({ agree: true })).toMatchObject({ state: 'open', closedAt: null, agreements })
    await mail.dedicatedIps.apply(order)
    await mail.senders.delete(`hello@${DOMAIN}`)
    await mail.dedicatedIps.close()
    await mail.domains.delete(DOMAIN)
  })
})

describe('the money of dedicated IPs', () => {
  const priced = { policy: { ipMonthlyPrice: 90_00, ipCurrency: 'EUR' } }
  /** Nobody waits for upkeep, so no tick says when it is due: a worker looks every so often. */
  const upTo = async ({ mail, clock }: Awaited<ReturnType<typeof aService>>, at: number) => {
    await clock.stepTo(at)
    await mail.tick()
  }
  const noon = (month: number, day: number) => Date.UTC(2026, month - 1, day, 12)

  it('DIP-6: a month’s price is set aside at once, fees are posted on the 1st, and the rest returns by the 3rd', async () => {
    const service = await withIps(2, priced)
    const { mail, ips } = service
    const [first = '', second = ''] = ips
    const frozen = async () => (await mail.dedicatedIps.status()).frozen
    expect(await frozen()).toBe(180_00)
    expect((await mail.dedicatedIps.ledger()).items).toMatchObject([
      { type: 'freeze', day: '2026-11-23' },
      { type: 'freeze', day: '2026-11-23' },
    ])
    await upTo(service, noon(11, 30))
    const running = { currency: 'EUR', final: false, total: 2 * 24_00, daysInMonth: 30 }
    expect(await mail.dedicatedIps.bill({ month: '2026-11' })).toMatchObject(running)
    await upTo(service, noon(12, 1))
    // 8 of 30 days: 23 to 30 November.
    expect(await mail.dedicatedIps.bill({ month: '2026-11' })).toMatchObject({ ...running, final: true })
    await mail.dedicatedIps.disable(first)
    await upTo(service, noon(12, 20))
    await mail.dedicatedIps.close()
    expect(await frozen()).toBe(180_00)
    await upTo(service, Date.UTC(2027, 0, 3))
    expect(await frozen()).toBe(0)
    const bill = await mail.dedicatedIps.bill({ month: '2026-12' })
    expect(bill?.lines).toMatchObject([
      { ip: first, activeDays: 1, fee: 2_90 },
      { ip: second, activeDays: 20, fee: 58_06 },
    ])
    expect(await mail.dedicatedIps.bill({ month: '2027-01' })).toMatchObject({ lines: [], total: 0 })
    const { items } = await mail.dedicatedIps.ledger()
    expect(
      items
        .filter(({ type }) => type === 'fee')
        .map(({ day }) => day)
        .sort(),
    ).toEqual(['2026-12-01', '2026-12-01', '2027-01-01', '2027-01-01'])
    const returned = items.filter(({ type }) => type === 'return')
    expect(returned.map(({ day }) => day)).toEqual(['2027-01-01', '2027-01-01'])
    const back = returned.flatMap(({ lines }) => lines.filter(({ account }) => account === 'customer'))
    expect(back.map(({ amount }) => amount).sort()).toEqual([90_00 - 58_06, 90_00 - 2_90].sort())
  })

  it('DIP-6: the fees of months in which nobody looked are posted all the same', async () => {
    const { mail, clock } = await withIps(1, priced)
    await clock.stepTo(Date.UTC(2027, 4, 10))
    await mail.tick()
    const fees = (await mail.dedicatedIps.ledger({ limit: 100 })).items.filter(({ type }) => type === 'fee')
    expect(fees.map(({ day }) => day).sort()).toEqual([
      '2026-12-01',
      '2027-01-01',
      '2027-02-01',
      '2027-03-01',
      '2027-04-01',
      '2027-05-01',
    ])
  })

  it('DIP-6: without a price nothing is posted, and there is no bill', async () => {
    const service = await withIps(1)
    await upTo(service, Date.UTC(2027, 0, 3))
    await service.mail.dedicatedIps.close()
    expect((await service.mail.dedicatedIps.ledger()).items).toEqual([])
    expect(await service.mail.dedicatedIps.bill({ month: '2026-12' })).toBeNull()
  })

  it('DIP-6: the price is that of the day it was applied for', async () => {
    const storage = memoryStorage()
    const { ips } = await withIps(1, { ...priced, storage, inventory: 2 })
    const dearer = await aServiceWithIps(2, { storage, policy: { ipMonthlyPrice: 1_000_00 } })
    await dearer.clock.stepTo(Date.UTC(2027, 0, 1))
    await dearer.mail.dedicatedIps.apply({ count: 1, domains: [DOMAIN] })
    const december = await dearer.mail.dedicatedIps.bill({ month: '2026-12' })
    expect(december?.lines).toMatchObject([{ ip: ips[0], fee: 90_00 }])
    expect(await dearer.mail.dedicatedIps.status()).toMatchObject({ monthlyPrice: 1_000_00, frozen: 1_090_00 })
  })

  it('DIP-4: a bill by tag adds up, what is untagged is a group of its own, and a posted fee stays where it was', async () => {
    const service = await aServiceWithIps(3, priced)
    const { mail } = service
    await mail.dedicatedIps.open({ agree: true })
    const { ips } = await mail.dedicatedIps.apply({ count: 3, domains: [DOMAIN] })
    const [one = '', two = ''] = ips.map(({ ip }) => ip)
    await mail.dedicatedIps.setTags(one, { team: 'growth' })
    await mail.dedicatedIps.setTags(two, { team: 'core' })
    await upTo(service, noon(12, 2))
    await mail.dedicatedIps.setTags(one, { team: 'core' })
    const groups = async (month: string) => (await mail.dedicatedIps.bill({ month, groupBy: 'tag:team' }))?.groups
    expect(await groups('2026-11')).toEqual([
      { value: 'core', fee: 24_00 },
      { value: 'growth', fee: 24_00 },
      { value: null, fee: 24_00 },
    ])
    // 2 of 31 days: 5.806… each.
    expect(await groups('2026-12')).toEqual([
      { value: 'core', fee: 2 * 5_81 },
      { value: null, fee: 5_81 },
    ])
  })
})
