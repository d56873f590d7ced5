import { memoryStorage } from '@mailwright/adapters/storage/memory'
import type { GaugeReading, Metrics } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { accepted, aService, aTask, DOMAIN, refused, SENDER, settle } from './a-service.js'

/** Keeps what it is told, as `name{label}`, and how often it was told anything. */
function aMetrics() {
  const sums = new Map<string, number>()
  const observed = new Map<string, number[]>()
  let calls = 0
  let read: (() => Promise<readonly GaugeReading[]>) | null = null
  const keyOf = (name: string, labels: object) => [name, ...Object.values(labels)].join(' ')
  const metrics: Metrics = {
    add(name, by, labels) {
      calls += 1
      sums.set(keyOf(name, labels), (sums.get(keyOf(name, labels)) ?? 0) + by)
    },
    observe(name, value, labels) {
      calls += 1
      observed.set(keyOf(name, labels), [...(observed.get(keyOf(name, labels)) ?? []), value])
    },
    watch(given) {
      read = given
      return () => {
        read = null
      }
    },
  }
  const gauges = async () => new Map((await read?.())?.map(({ name, value, labels }) => [keyOf(name, labels), value]))
  return { metrics, sums, observed, gauges, calls: () => calls, watched: () => read !== null }
}

const mixed = (_: unknown, to: string) => {
  if (to.includes('33@')) return refused(550, '5.1.1')
  return to.includes('7@') ? refused(451, '4.3.0') : accepted
}

describe('metrics', () => {
  it('count what the statistics count, in a few calls for each flush and none for each mail', async () => {
    const told = aMetrics()
    const service = await aService({ answer: mixed, policy: { startLevel: 20 }, more: { metrics: told.metrics } })
    await aTask(service, 5_000)
    const before = told.calls()
    await settle(service)
    const of = (outcome: string) => told.sums.get(`mail.outcomes ${outcome}`)
    expect([of('delivered'), of('bounced'), of('deferred')]).toEqual([4_450, 50, 500])
    const now = service.clock.now()
    const { total } = await service.mail.statistics.sending({ from: now - 86_400_000, to: now + 86_400_000, by: [] })
    expect(total.counts).toMatchObject({ delivered: 4_450, bouncedHard: 50, deferred: 500 })
    expect(told.observed.get('flush.results')?.reduce((sum, one) => sum + one, 0)).toBe(5_000)
    expect(told.calls() - before).toBeLessThan(1_000)
    await service.mail.stop()
    expect(told.watched()).toBe(false)
  })

  it('read gauges at the collection: what is overdue by kind, the route, the storage', async () => {
    const told = aMetrics()
    const storage = memoryStorage()
    const service = await aService({ storage, more: { metrics: told.metrics, worker: false } })
    await service.mail.send({
      from: SENDER,
      to: 'ann@readers.example',
      template: 'welcome',
      variables: { name: 'Ann' },
    })
    await service.clock.stepTo(service.clock.now() + 60_000)
    const gauges = await told.gauges()
    expect(gauges.get('work.overdue send')).toBe(60)
    expect(gauges.get('work.overdue chunk')).toBe(0)
    expect(gauges.get('storage.up')).toBe(1)
    expect(gauges.get('route.open')).toBe(1)
    expect(gauges.get('worker.running')).toBe(0)
    expect(told.sums.get('mail.accepted')).toBe(1)
    await service.mail.stop()
  })

  it('say that the storage is away, and count its errors', async () => {
    const told = aMetrics()
    const storage = memoryStorage()
    const service = await aService({ storage, more: { metrics: told.metrics } })
    await storage.close()
    await expect(service.mail.domains.list()).rejects.toThrow()
    expect(told.sums.get('storage.errors read')).toBeGreaterThan(0)
    expect((await told.gauges()).get('storage.up')).toBe(0)
  })

  it('T23: carry no account, domain or address as a label', async () => {
    const told = aMetrics()
    const service = await aService({ answer: mixed, policy: { startLevel: 20 }, more: { metrics: told.metrics } })
    await aTask(service, 100)
    await settle(service)
    const keys = [...told.sums.keys(), ...told.observed.keys(), ...(await told.gauges()).keys()]
    expect(keys.length).toBeGreaterThan(15)
    for (const key of keys) expect(key).not.toMatch(new RegExp(`@|${DOMAIN}|example|default`))
    await service.mail.stop()
  })
})
