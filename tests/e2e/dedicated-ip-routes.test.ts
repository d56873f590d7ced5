import { steppedClock } from '@mailwright/adapters/clock/stepped'
import { inProcessLimiter } from '@mailwright/adapters/limiter/in-process'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { routeTransport } from '@mailwright/adapters/transport/route'
import type { Storage } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { accepted, aService, aTask, DAY, DOMAIN, refused, type Service, START, settle, welcome } from './a-service.js'
import { addresses, aServiceWithIps, withIps } from './dedicated-ips.js'

const people = (count: number) => Array.from({ length: count }, (_, at) => `p${at}@readers.example`)
const batch = { policy: { startLevel: 20 } }

/** How many mails left from each address, `shared` being the pool. */
function sources({ transport }: Pick<Service, 'transport'>): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { route } of transport.messages) {
    const name = route?.ip ?? 'shared'
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

/** Ticks while the clock goes on, because a limiter waits by it. */
async function tickOn(
  services: readonly Service[],
  clock: ReturnType<typeof steppedClock>,
  isDone: () => boolean,
): Promise<void> {
  while (!isDone()) {
    let over = false
    const ticking = Promise.all(services.map(({ mail }) => mail.tick({ maxMs: 60_000 }))).finally(() => {
      over = true
    })
    while (!over) {
      await new Promise((resolve) => setTimeout(resolve, 1))
      await clock.stepBy(20)
    }
    await ticking
    await clock.stepBy(20)
  }
}

describe('mail of a domain with dedicated IPs', () => {
  it('DIP-3: leaves from them, greeting with their names; that of other domains from the shared pool', async () => {
    const service = await withIps(2)
    const { mail, transport } = service
    await mail.send({ ...welcome, to: people(20) })
    await settle(service)
    expect(transport.count).toBe(20)
    for (const { route } of transport.messages) {
      const number = route?.ip.split('.').at(-1)
      expect(route).toEqual({ ip: `192.0.2.${number}`, ehlo: `mail${number}.operator.example`, relay: null })
    }
    await mail.domains.create({ name: 'mail.plain.example', trust: 'operator' })
    await mail.senders.create({ address: 'a@mail.plain.example' })
    await mail.send({ from: 'a@mail.plain.example', to: 'ann@office.example', subject: 'Hi', text: 'x' })
    await settle(service)
    expect(transport.messages.at(-1)?.route).toBeNull()
  })

  it('DIP-3: a batch takes turns exactly, and a later attempt leaves from the IP of the first', async () => {
    const tried = new Map<string, (string | undefined)[]>()
    const service = await withIps(3, {
      answer: ({ id, route }) => {
        tried.set(id, [...(tried.get(id) ?? []), route?.ip])
        return tried.get(id)?.length === 1 ? refused(451, '4.3.0') : accepted
      },
    })
    await aTask(service, 90)
    await settle(service, START + 30 * 60_000)
    expect(Object.values(sources(service))).toEqual([30, 30, 30])
    for (const ips of tried.values()) expect(ips[1]).toBe(ips[0])
  })

  it('DIP-3: no IP sends more than 30 mails in any second, over all processes, batch and single mail together', async () => {
    const clock = steppedClock(START)
    const limiter = inProcessLimiter({ clock })
    const storage = memoryStorage()
    const sent: { readonly ip: string | undefined; readonly at: number }[] = []
    const given = {
      ...batch,
      storage,
      inventory: 2,
      clock,
      more: { limiter },
      answer: (request: { readonly route: { readonly ip: string } | null }) => {
        sent.push({ ip: request.route?.ip, at: clock.now() })
        return accepted
      },
    }
    const first = await withIps(2, given)
    const services = [first, await aServiceWithIps(2, given)]
    await aTask(first, 300)
    for (let from = 0; from < 100; from += 50)
      await first.mail.send({ ...welcome, to: people(100).slice(from, from + 50) })
    await tickOn(services, clock, () => sent.length >= 400)
    expect(sent).toHaveLength(400)
    for (const { ip, at } of sent) {
      expect(ip).toBeDefined()
      const second = sent.filter((one) => one.ip === ip && one.at >= at && one.at < at + 1_000)
      expect(second.length).toBeLessThanOrEqual(30)
    }
    expect(services.flatMap(({ problems }) => problems)).toEqual([])
  })

  it('DIP-3: a transport that cannot bind an address is asked for none, and doctor says so', async () => {
    const service = await withIps(1)
    const unable = await aServiceWithIps(1, { storage: service.storage, sourceAddress: false })
    await unable.mail.send({ ...welcome, to: people(3) })
    await settle(unable)
    expect(sources(unable)).toEqual({ shared: 3 })
    expect((await unable.mail.dedicatedIps.list()).items).toMatchObject([{ takenToday: 0 }])
    const codes = async ({ mail }: Pick<Service, 'mail'>) => (await mail.doctor()).map(({ code }) => code)
    expect(await codes(unable)).toContain('IPS_NOT_BOUND')
    expect(await codes(service)).not.toContain('IPS_NOT_BOUND')
    const withdrawn = await aServiceWithIps(0, {
      storage: service.storage,
      more: { dedicatedIps: addresses(3).slice(2) },
    })
    expect(await codes(withdrawn)).toContain('IPS_WITHDRAWN')
  })

  it('REL-1: a relay with dedicated IPs that is down holds their mail, uncounted, and closes the way for no other', async () => {
    const pool = captureTransport({ capabilities: { direct: false } })
    const east = captureTransport({ answer: () => ({ type: 'unreached', stage: 'connect', cause: 'ECONNREFUSED' }) })
    const service = await withIps(1, {
      more: {
        transport: routeTransport({ default: pool, relays: { east } }),
        dedicatedIps: [{ ip: '192.0.2.1', ehlo: 'mail1.operator.example', relay: 'east' }],
      },
    })
    const { mail } = service
    await mail.domains.create({ name: 'mail.plain.example', trust: 'operator' })
    await mail.senders.create({ address: 'a@mail.plain.example' })
    await mail.send({ ...welcome, to: people(20) })
    await settle(service)
    await mail.send({ from: 'a@mail.plain.example', to: 'ann@office.example', subject: 'Hi', text: 'x' })
    await settle(service)
    expect([pool.count, await mail.health()]).toMatchObject([1, { ok: true }])
    const { items } = await mail.deliveries.messages({ limit: 100 })
    expect(items.filter(({ state, attempts }) => state === 'accepted' && attempts === 0)).toHaveLength(20)
  })

  it('DIP-3: a limiter that counts for one process alone, beside a storage for many, is named by doctor', async () => {
    const storage = memoryStorage()
    const forMany = Object.assign(Object.create(storage), {
      capabilities: { ...storage.capabilities, concurrentWriters: true },
    })
    const alone = inProcessLimiter()
    const shared = { ...alone, capabilities: { shared: true } }
    const service = await withIps(1, { storage: forMany })
    const codes = async (limiter: typeof alone, over: Storage) =>
      (await (await aServiceWithIps(1, { storage: over, more: { limiter } })).mail.doctor()).map(({ code }) => code)
    expect(await codes(alone, forMany)).toContain('LIMITER_NOT_SHARED')
    expect(await codes(shared, forMany)).not.toContain('LIMITER_NOT_SHARED')
    await service.mail.dedicatedIps.close()
    expect(await codes(alone, forMany)).not.toContain('LIMITER_NOT_SHARED')
    expect(await codes(alone, (await withIps(1, { storage: memoryStorage() })).storage)).toEqual(
      expect.not.arrayContaining(['LIMITER_NOT_SHARED']),
    )
  })

  it('TSK-12: a provider that asks one IP to slow down is asked by the others all the same', async () => {
    const rested = { ip: '', at: 0 }
    const service = await withIps(2, {
      answer: ({ route }) => {
        if (rested.ip === '') Object.assign(rested, { ip: route?.ip })
        return route?.ip === rested.ip ? refused(421, '4.7.28', 'rate limited') : accepted
      },
    })
    await service.mail.send({ ...welcome, to: Array.from({ length: 20 }, (_, at) => `g${at}@gmail.com`) })
    await settle(service)
    expect(Object.keys(sources(service))).not.toContain(rested.ip)
    expect(service.transport.count).toBeGreaterThan(2)
  })
})

describe('a new IP', () => {
  const pool = (counts: Readonly<Record<string, number>>) => counts.shared ?? 0

  it('DIP-7: takes 500 mails on its first day and 1,000 on its second; the rest leaves from the shared pool', async () => {
    const service = await withIps(1, batch)
    const { mail, clock, transport, ips } = service
    const [ip = ''] = ips
    await aTask(service, 1_500, 'one')
    await settle(service, START + 120_000)
    expect(sources(service)).toEqual({ [ip]: 500, shared: 1_000 })
    expect((await mail.dedicatedIps.list()).items).toMatchObject([{ dayInUse: 1, limitToday: 500, takenToday: 500 }])
    await clock.stepTo(START + DAY)
    transport.clear()
    await aTask(service, 1_500, 'two')
    await settle(service, START + DAY + 120_000)
    expect(sources(service)).toEqual({ [ip]: 1_000, shared: 500 })
    await clock.stepTo(START + 25 * DAY)
    transport.clear()
    await aTask(service, 1_500, 'three')
    await settle(service, START + 25 * DAY + 120_000)
    expect(sources(service)).toEqual({ [ip]: 1_500 })
    expect((await mail.dedicatedIps.list()).items).toMatchObject([{ state: 'allocated', limitToday: null }])
    expect(service.problems).toEqual([])
  })

  it('DIP-7: what it may not take goes to the account’s warm IPs, if they are for no other mail', async () => {
    const service = await withIps(1, { ...batch, inventory: 3 })
    const { mail, clock, ips } = service
    const [warm = ''] = ips
    await mail.domains.create({ name: 'receipts.shop.example', trust: 'operator', scenario: 'transactional' })
    const other = { count: 1, domains: ['receipts.shop.example'] }
    const [receipts = ''] = (await mail.dedicatedIps.apply(other)).ips.map(({ ip }) => ip)
    await clock.stepTo(START + 30 * DAY)
    await mail.domains.setScenario(DOMAIN, { scenario: 'marketing' })
    const [fresh = ''] = (await mail.dedicatedIps.apply({ count: 1, domains: [DOMAIN] })).ips.map(({ ip }) => ip)
    await aTask(service, 1_400)
    await settle(service, clock.now() + 120_000)
    expect(sources(service)).toEqual({ [warm]: 900, [fresh]: 500 })
    // Without a domain of its own it helps out still, and that of other mail does not.
    await mail.dedicatedIps.unassign({ ip: warm, domain: DOMAIN })
    service.transport.clear()
    await aTask(service, 300, 'more')
    await settle(service, clock.now() + 120_000)
    expect(sources(service)).toEqual({ [warm]: 300 })
    expect(sources(service)[receipts]).toBeUndefined()
  })

  it('DIP-7: counts what has left from it: not what was refused by a gate, and what a broken relay sent back only once', async () => {
    let down = true
    const service = await withIps(1, {
      answer: () => (down ? { type: 'unreached', stage: 'connect', cause: 'down' } : accepted),
    })
    const { mail } = service
    await mail.blocklist.custom.add({
      addresses: ['readers3@readers.example', 'readers7@readers.example'],
      reason: 'x',
    })
    await aTask(service, 25)
    await settle(service, START + 60_000)
    const taken = async () => (await mail.dedicatedIps.list()).items[0]?.takenToday
    expect(await taken()).toBe(0)
    down = false
    await settle(service, START + 60 * 60_000)
    expect(service.transport.count).toBe(23)
    expect(await taken()).toBe(23)
    expect(pool(sources(service))).toBe(0)
  })

  it('DIP-7: counts by the calendar of the policy’s zone', async () => {
    const service = await withIps(1, { policy: { startLevel: 20, timeZone: 'Pacific/Auckland' } })
    // 09:00 UTC is 22:00 there: the second day starts two hours later.
    const at = async (hours: number) => {
      await service.clock.stepTo(START + hours * 3_600_000)
      return (await service.mail.dedicatedIps.list()).items[0]?.dayInUse
    }
    expect([await at(0), await at(1.99), await at(2)]).toEqual([1, 1, 2])
  })
})

describe('mail on its way when IPs change', () => {
  /** Calls `then` when so many mails have left. */
  function onceSent(count: number, then: () => Promise<unknown>) {
    let sent = 0
    return async () => {
      sent += 1
      if (sent === count) await then()
      return accepted
    }
  }

  it('DIP-5: leaves from the shared pool at once when the last IP is disabled, whatever part of the batch is left', async () => {
    let disable = async (): Promise<unknown> => undefined
    const service = await withIps(1, { concurrency: 2, answer: onceSent(10, () => disable()) })
    const [ip = ''] = service.ips
    disable = () => service.mail.dedicatedIps.disable(ip)
    await aTask(service, 300)
    await settle(service, START + 15_000)
    const counts = sources(service)
    expect(service.transport.count).toBe(300)
    // Those that were on their way already.
    expect(counts[ip]).toBeLessThanOrEqual(12)
    expect(counts.shared).toBe(300 - (counts[ip] ?? 0))
    expect(service.problems).toEqual([])
  })

  it('DIP-5: also single mail, and when another process disabled it', async () => {
    let disable = async (): Promise<unknown> => undefined
    const service = await withIps(1, { concurrency: 5, answer: onceSent(5, () => disable()) })
    const [ip = ''] = service.ips
    const elsewhere = await aServiceWithIps(1, { storage: service.storage })
    disable = () => elsewhere.mail.dedicatedIps.disable(ip)
    await service.mail.send({ ...welcome, to: people(10) })
    await settle(service)
    await service.mail.send({ ...welcome, to: people(10) })
    await settle(service)
    expect(service.transport.messages.slice(10).map(({ route }) => route)).toEqual(Array(10).fill(null))
  })

  it('DIP-5: a batch learns within one flush of what another process disabled', async () => {
    let disable = async (): Promise<unknown> => undefined
    const policy = { startLevel: 20, ipPerSecond: 1_000, flushItems: 20 }
    const service = await withIps(1, { concurrency: 10, policy, answer: onceSent(40, () => disable()) })
    const [ip = ''] = service.ips
    const elsewhere = await aServiceWithIps(1, { storage: service.storage, policy })
    disable = () => elsewhere.mail.dedicatedIps.disable(ip)
    await aTask(service, 450)
    await settle(service, START + 15_000)
    expect(service.transport.count).toBe(450)
    expect(sources(service)[ip]).toBeLessThanOrEqual(40 + 250)
    expect(sources(service)[ip]).toBeGreaterThanOrEqual(40)
  })

  it('DIP-3: a domain that is assigned to an IP leaves from it from the next claim on', async () => {
    const service = await withIps(1, { inventory: 2 })
    const { mail } = service
    const [ip = ''] = service.ips
    await mail.domains.create({ name: 'news.shop.example', trust: 'operator' })
    await mail.senders.create({ address: 'a@news.shop.example' })
    const send = () =>
      mail
        .send({ from: 'a@news.shop.example', to: 'ann@office.example', subject: 'Hi', text: 'x' })
        .then(() => settle(service))
    await send()
    await mail.dedicatedIps.assign({ ip, domain: 'news.shop.example' })
    await send()
    await mail.dedicatedIps.unassign({ ip, domain: 'news.shop.example' })
    await send()
    expect(service.transport.messages.map(({ route }) => route?.ip ?? null)).toEqual([null, ip, null])
  })
})

describe('an account without dedicated IPs', () => {
  it('DIP-3: is asked nothing about them, mail for mail', async () => {
    const asked: string[] = []
    const inner = memoryStorage()
    const storage: Storage = {
      ...inner,
      read: {
        ...inner.read,
        records: (filter) => {
          asked.push(filter.kind)
          return inner.read.records(filter)
        },
        quota: (question) => {
          asked.push(question.scope)
          return inner.read.quota(question)
        },
      },
    }
    const service = await aServiceWithIps(3, { storage })
    await service.mail.tick()
    asked.length = 0
    await service.mail.send({ ...welcome, to: people(30) })
    await aTask(service, 400)
    await settle(service)
    expect(service.transport.count).toBe(430)
    expect(asked.filter((one) => one.startsWith('ip') || one.startsWith('dedicated'))).toEqual([])
  })

  it('DIP-3: without an inventory not even their epoch is asked', async () => {
    const inner = memoryStorage()
    let asked = 0
    const epochs: Storage['read']['epochs'] = (keys) => {
      if (keys.some((key) => key.startsWith('ips:'))) asked += 1
      return inner.read.epochs(keys)
    }
    const service = await aService({ storage: { ...inner, read: { ...inner.read, epochs } } })
    await service.mail.send({ ...welcome, to: people(10) })
    await settle(service)
    expect([service.transport.count, asked]).toEqual([10, 0])
  })
})
