import { steppedClock } from '@mailwright/adapters/clock/stepped'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService, isMailError, type MailService } from '@mailwright/core'
import { expect, it } from 'vitest'
import { type OpenStorage, onBothStorages } from './on-both-storages.js'
import { DAY, DOMAIN, SENDER, START } from './stage.js'

/** Two services on one storage; on Postgres with a pool each, as two processes would have. */
async function twoServices(open: OpenStorage) {
  const clock = steppedClock(START)
  const transport = captureTransport()
  const boot = () =>
    createMailService({ storage: open(), transport, clock, secret: 'a secret only for the tests', worker: false })
  const first = await boot()
  await first.ensure({
    domains: [{ name: DOMAIN, trust: 'operator' }],
    senders: [{ address: SENDER, name: 'Shop' }],
    templates: [{ name: 'welcome', subject: 'Welcome, {{name}}', html: '<p>Hello {{name}}</p>' }],
  })
  return { clock, transport, boot, services: [first, await boot()] as const }
}

/** How the calls ended, each counted under its code. */
async function endings(calls: readonly Promise<unknown>[]): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {}
  for (const result of await Promise.allSettled(calls)) {
    const failure: unknown = result.status === 'rejected' ? result.reason : null
    const name = result.status === 'fulfilled' ? 'done' : isMailError(failure) ? failure.code : String(failure)
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

const message = (to: string | string[]) => ({ from: SENDER, to, template: 'welcome', variables: { name: 'Ann' } })
const people = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}${i}@readers.example`)
const each = <T>(count: number, call: (index: number) => Promise<T>) => Array.from({ length: count }, (_, i) => call(i))

async function tickAll(mail: MailService): Promise<void> {
  await mail.tick({ maxMs: 60_000 })
}

/** `fresh` gives the way to open one and the same new storage. */
const races = (fresh: () => OpenStorage) => () => {
  it('C1, TSK-6: of 1,000 sends at once into a day that has 100 left, exactly 100 are accepted and sent', {
    timeout: 60_000,
  }, async () => {
    const { services, transport, clock } = await twoServices(fresh())
    const [one, two] = services
    const used = people('used', 400)
    for (let from = 0; from < 400; from += 50) await one.send(message(used.slice(from, from + 50)))
    const calls = people('racer', 1_000).map((to, index) => (index % 2 === 0 ? one : two).send(message(to)))
    expect(await endings(calls)).toEqual({ done: 100, DAILY_LIMIT: 900 })
    await tickAll(one)
    expect(transport.count).toBe(500)
    expect(await endings([two.send(message('late@readers.example'))])).toEqual({ DAILY_LIMIT: 1 })
    await clock.stepTo(START + DAY)
    expect(await endings([two.send(message('late@readers.example'))])).toEqual({ done: 1 })
  })

  it('C2, SND-1: of 1,000 creates of a sender at once, exactly those succeed that make 10', {
    timeout: 60_000,
  }, async () => {
    const { services } = await twoServices(fresh())
    const [one, two] = services
    await one.senders.delete(SENDER)
    const calls = each(1_000, (i) => (i % 2 === 0 ? one : two).senders.create({ address: `sender${i}@${DOMAIN}` }))
    expect(await endings(calls)).toEqual({ done: 10, LIMIT_REACHED: 990 })
    const { items } = await two.senders.list()
    expect(items).toHaveLength(10)
    await one.senders.delete(items[0]?.id ?? '')
    const refill = each(20, (i) => two.senders.create({ address: `again${i}@${DOMAIN}` }))
    expect(await endings(refill)).toEqual({ done: 1, LIMIT_REACHED: 19 })
  })

  it('C8, ACC-4: one key 100 times at once is one send with one answer; another body is a conflict; so it is after a crash', {
    timeout: 60_000,
  }, async () => {
    const { services, transport, boot } = await twoServices(fresh())
    const keyed = { ...message(['ann@readers.example', 'bob@readers.example']), idempotencyKey: 'once' }
    const calls = each(100, (i) => (services[i % 2 === 0 ? 0 : 1] as MailService).send(keyed))
    const answers = new Set((await Promise.all(calls)).map((answer) => JSON.stringify(answer)))
    expect(answers.size).toBe(1)
    const others = each(50, (i) => services[0].send({ ...keyed, variables: { name: `Other ${i}` } }))
    expect(await endings(others)).toEqual({ IDEMPOTENCY_CONFLICT: 50 })
    // Nobody stops them: they are as good as killed, and a new process is asked the same.
    const next = await boot()
    expect(answers).toContain(JSON.stringify(await next.send(keyed)))
    expect(await endings([next.send({ ...keyed, subject: 'Other' })])).toEqual({ IDEMPOTENCY_CONFLICT: 1 })
    await tickAll(next)
    expect(transport.messages.map(({ envelope }) => envelope.to[0]).sort()).toEqual(keyed.to)
  })
}

onBothStorages('races between processes', races)
