import { afterEach, describe, expect, it } from 'vitest'
import { createTestKit, type TestKit, type TestKitOptions } from '../src/index.js'

let kit: TestKit | undefined
afterEach(() => kit?.stop())

/** A kit that can send: what a host's own test begins with. */
async function aShop(options?: TestKitOptions): Promise<TestKit> {
  kit = await createTestKit(options)
  await kit.mail.ensure({
    domains: [{ name: 'mail.shop.example', trust: 'operator' }],
    senders: [{ address: 'hello@mail.shop.example' }],
    templates: [{ name: 'welcome', subject: 'Welcome, {{name}}', html: '<p>Hello {{name}}</p>' }],
  })
  return kit
}

const welcome = { from: 'hello@mail.shop.example', template: 'welcome', variables: { name: 'Ann' } }

describe('the testing kit', () => {
  it('HOST-4: shows what was sent, without a server and without waiting', async () => {
    const { mail, outbox, settle } = await aShop()
    await mail.send({ ...welcome, to: 'ann@example.org' })
    await settle()
    outbox.assertSent({ to: 'ann@example.org' }, 1)
  })

  it('TSK-6: a ramp over days: what exceeds the limit of the day goes out on the next ones', async () => {
    const { mail, outbox, runFor, settle } = await aShop({ service: { policy: { raise: 'one-per-day' } } })
    await mail.groups.create({ name: 'readers' })
    const rows = Array.from({ length: 3_000 }, (_, n) => `reader${n}@example.org,Reader ${n}`)
    await mail.groups.importCsv('readers', `email,name\n${rows.join('\n')}\n`)
    const { id } = await mail.tasks.create({
      type: 'immediate',
      from: welcome.from,
      template: 'welcome',
      group: 'readers',
    })
    const sent: number[] = []
    for (let day = 0; day < 3; day += 1) {
      await settle()
      sent.push(outbox.count)
      await runFor({ days: 1 })
    }
    expect(sent).toEqual([1_000, 3_000, 3_000])
    expect((await mail.tasks.get(id)).state).toBe('done')
  })

  it('BLK-1: 180 days pass in milliseconds, and the address is released', async () => {
    const { mail, runFor, settle } = await aShop({
      answer: () => ({ type: 'refused', reply: { code: 550, enhanced: '5.1.1', text: '5.1.1 no such user' } }),
    })
    await mail.send({ ...welcome, to: 'gone@example.org' })
    await settle()
    const again = () => mail.send({ ...welcome, to: 'gone@example.org' })
    await expect(again()).rejects.toMatchObject({ code: 'INVALID_ADDRESS_BLOCKED' })
    await runFor({ days: 179 })
    await expect(again()).rejects.toMatchObject({ code: 'INVALID_ADDRESS_BLOCKED' })
    await runFor({ days: 1, minutes: 1 })
    expect((await again()).messages[0]?.state).toBe('accepted')
  })

  it('HOST-4: retries happen at their time and not before', async () => {
    const { mail, runFor, settle } = await aShop()
    const { messages } = await mail.send({ ...welcome, to: 'defer@simulator.mailwright.test' })
    const state = async () => (await mail.deliveries.messages()).items[0]?.state
    await settle()
    expect([messages[0]?.state, await state()]).toEqual(['accepted', 'deferred'])
    await runFor({ minutes: 1 })
    expect(await state()).toBe('deferred')
    await runFor({ minutes: 10 })
    expect(await state()).toBe('delivered')
  })

  it('DOM-4: a domain is verified against the zone that the test writes', async () => {
    const { mail, dns } = await aShop()
    const { id, rows } = await mail.domains.create({ name: 'news.shop.example' })
    expect((await mail.domains.verify(id)).state).toBe('pending')
    for (const { type, name, expected } of rows) if (type === 'TXT') dns.set(name, { txt: [expected] })
    expect((await mail.domains.verify(id)).state).toBe('verified')
  })
})
