import { steppedClock } from '@mailwright/adapters/clock/stepped'
import { inProcessLimiter } from '@mailwright/adapters/limiter/in-process'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { type Account, createMailService, isMailError, type MailService } from '@mailwright/core'
import { expect, it } from 'vitest'
import { type OpenStorage, onBothStorages } from './on-both-storages.js'
import { DAY, DOMAIN, SENDER, START } from './stage.js'

const PROCESSES = 5
const PRICE = 1_000

/** Five services on one storage, as five processes would be, with two accounts that each have a domain. */
async function fleet(open: OpenStorage, addresses: number) {
  const clock = steppedClock(START)
  const transport = captureTransport()
  const limiter = inProcessLimiter({ clock })
  const dedicatedIps = Array.from({ length: addresses }, (_, at) => ({
    ip: `192.0.2.${at + 1}`,
    ehlo: 'm.operator.example',
  }))
  const policy = { startLevel: 20, ipPerSecond: 1_000, ipMonthlyPrice: PRICE }
  const boot = () =>
    createMailService({
      storage: open(),
      transport,
      clock,
      limiter,
      dedicatedIps,
      policy,
      secret: 'a secret only for the tests',
    })
  const first = await boot()
  await first.ensure({
    domains: [{ name: DOMAIN, trust: 'operator' }],
    senders: [{ address: SENDER }],
    templates: [{ name: 'welcome', subject: 'Welcome, {{name}}', html: '<p>Hello {{name}}</p>' }],
  })
  const services = [first, ...(await Promise.all(Array.from({ length: PROCESSES - 1 }, boot)))]
  const other = services.map((service) => service.account('other'))
  await other[0]?.domains.create({ name: 'mail.other.example', trust: 'operator' })
  await first.dedicatedIps.open({ agree: true })
  await other[0]?.dedicatedIps.open({ agree: true })
  return { clock, transport, services, other: other as readonly Account[] }
}

async function codes(calls: readonly Promise<unknown>[]): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {}
  for (const result of await Promise.allSettled(calls)) {
    const failure: unknown = result.status === 'rejected' ? result.reason : null
    const name = result.status === 'fulfilled' ? 'done' : isMailError(failure) ? failure.code : String(failure)
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

const ipsOf = async ({ dedicatedIps }: Pick<Account, 'dedicatedIps'>) =>
  (await dedicatedIps.list({ limit: 100 })).items.map(({ ip }) => ip)

const tickAll = (services: readonly MailService[]) => Promise.all(services.map((one) => one.tick({ maxMs: 60_000 })))

const races = (fresh: () => OpenStorage) => () => {
  it('DIP-1: two accounts in five processes race for the last addresses: each has one owner, and none is left over', async () => {
    const { services, other } = await fleet(fresh(), 7)
    const calls = services.flatMap((service, at) => [
      service.dedicatedIps.apply({ count: 1 + (at % 3), domains: [DOMAIN] }),
      other[at]?.dedicatedIps.apply({ count: 1 + ((at + 1) % 3), domains: ['mail.other.example'] }),
    ])
    const ended = await codes(calls.map((call) => Promise.resolve(call)))
    expect(Object.keys(ended).sort()).toEqual(['IPS_EXHAUSTED', 'done'])
    const [own, others] = [await ipsOf(services[1] as MailService), await ipsOf(other[2] as Account)]
    const given = [...own, ...others]
    expect(new Set(given).size).toBe(given.length)
    const free = 7 - given.length
    // Whoever was refused had asked for more than was left.
    expect(free).toBeLessThan(3)
    const [first] = services
    if (free > 0) await first?.dedicatedIps.apply({ count: free, domains: [DOMAIN] })
    const none = { code: 'IPS_EXHAUSTED', details: { free: 0 } }
    await expect(first?.dedicatedIps.apply({ count: 1, domains: [DOMAIN] })).rejects.toMatchObject(none)
  })

  it('DIP-5: closing while others apply and assign leaves nothing behind that is billed or bound', async () => {
    const { services, clock } = await fleet(fresh(), 9)
    const [first, second, third] = services as [MailService, MailService, MailService]
    const { ips } = await first.dedicatedIps.apply({ count: 3, domains: [DOMAIN] })
    await first.domains.create({ name: 'news.shop.example', trust: 'operator' })
    const calls = [
      ...ips.map(({ ip }) => second.dedicatedIps.assign({ ip, domain: 'news.shop.example' })),
      second.dedicatedIps.apply({ count: 2, domains: [DOMAIN] }),
      third.dedicatedIps.disable(ips[0]?.ip ?? ''),
      third.dedicatedIps.close(),
      first.dedicatedIps.apply({ count: 2, domains: [DOMAIN] }),
      first.dedicatedIps.close(),
    ]
    const ended = await codes(calls)
    expect(Object.keys(ended).filter((code) => !['done', 'NOT_FOUND', 'STATE_INVALID'].includes(code))).toEqual([])
    expect(await ipsOf(second)).toEqual([])
    expect(await second.dedicatedIps.status()).toMatchObject({ state: 'closed' })
    await first.domains.delete('news.shop.example')
    await clock.stepTo(START + 40 * DAY)
    await tickAll(services)
    expect(await second.dedicatedIps.status()).toMatchObject({ frozen: 0 })
    const { items } = await second.dedicatedIps.ledger({ limit: 100 })
    const count = (type: string) => items.filter((one) => one.type === type).length
    expect([count('fee'), count('return')]).toEqual([count('freeze'), count('freeze')])
    const sum = items.flatMap(({ lines }) => lines).reduce((total, { amount }) => total + amount, 0)
    expect(sum).toBe(0)
  })

  it('DIP-6: five processes that post the same month post it once', async () => {
    const { services, clock } = await fleet(fresh(), 4)
    const [first] = services as [MailService]
    await first.dedicatedIps.apply({ count: 4, domains: [DOMAIN] })
    await clock.stepTo(Date.UTC(2027, 1, 1, 0, 5))
    await tickAll(services)
    await tickAll(services)
    const { items } = await first.dedicatedIps.ledger({ limit: 100 })
    expect(items.filter(({ type }) => type === 'fee')).toHaveLength(4 * 3)
  })

  it('DIP-7: a new IP takes 500 mails on its first day, whatever the number of processes that send', async () => {
    const { services, transport, clock } = await fleet(fresh(), 1)
    const [first] = services as [MailService]
    await first.dedicatedIps.apply({ count: 1, domains: [DOMAIN] })
    await first.groups.create({ name: 'readers' })
    const rows = Array.from({ length: 1_700 }, (_, at) => `r${at}@readers.example,R\n`)
    await first.groups.importCsv('readers', `email,name\n${rows.join('')}`)
    await first.tasks.create({ type: 'immediate', from: SENDER, template: 'welcome', group: 'readers' })
    const people = Array.from({ length: 40 }, (_, at) => `p${at}@office.example`)
    await first.send({ from: SENDER, to: people, template: 'welcome', variables: { name: 'Ann' } })
    for (let seconds = 0; transport.count < 1_740 && seconds < 60; seconds += 1) {
      await tickAll(services)
      await clock.stepBy(1_000)
    }
    expect(transport.count).toBe(1_740)
    expect(transport.messages.filter(({ route }) => route !== null)).toHaveLength(500)
    expect((await first.dedicatedIps.list()).items).toMatchObject([{ takenToday: 500 }])
  })
}

onBothStorages('races for dedicated IPs', races)
