import { describe, expect, it } from 'vitest'
import {
  accepted,
  anotherAccount,
  aService,
  aTask,
  DAY,
  DOMAIN,
  otherMail,
  refused,
  rows,
  SENDER,
  START,
  settle,
  welcome,
} from './a-service.js'

const ann = 'ann@office.example'

describe('accounts', () => {
  it('ACC-1: a host with one tenant names no account: what it makes is of the account default, and only of it', async () => {
    const service = await aService()
    const { mail } = service
    await aTask(service, 2)
    await mail.send({ ...welcome, to: ann })
    await settle(service)
    const same = mail.account('default')
    expect((await same.domains.list()).items.map(({ name }) => name)).toEqual([DOMAIN])
    expect((await same.senders.list()).items.map(({ address }) => address)).toEqual([SENDER])
    expect(await same.templates.list()).toEqual(await mail.templates.list())
    expect((await same.groups.list()).items).toMatchObject([{ name: 'readers' }])
    expect((await same.tasks.list()).items).toMatchObject([{ state: 'done' }])
    expect((await same.deliveries.messages()).items).toHaveLength(3)
    const { items } = await service.storage.read.records({
      kind: 'template',
      account: 'default',
      order: 'newest',
      limit: 10,
    })
    expect(items).toHaveLength(1)
  })

  it('ACC-2: what belongs to another account is as absent to every call, and none changes it', async () => {
    const service = await aService({ answer: (_, to) => (to === ann ? refused(451, '4.3.0') : accepted) })
    const { mail } = service
    const group = await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', rows(3))
    const { id } = await mail.tasks.create({ type: 'immediate', from: SENDER, template: 'welcome', group: 'readers' })
    await mail.send({ ...welcome, to: ann })
    await mail.blocklist.custom.add({ addresses: ['x@office.example'] })
    await settle(service)
    const [message] = (await mail.deliveries.messages()).items
    const [domain] = (await mail.domains.list()).items
    const [sender] = (await mail.senders.list()).items
    const [template] = (await mail.templates.list()).items
    const ids = { domain: domain?.id ?? '', sender: sender?.id ?? '', template: template?.id ?? '' }
    const shown = async () =>
      JSON.stringify([
        await mail.domains.list(),
        await mail.senders.list(),
        await mail.templates.list(),
        await mail.groups.list(),
        await mail.tasks.list(),
        await mail.deliveries.messages(),
        await mail.blocklist.custom.list(),
      ])
    const before = await shown()

    const other = mail.account('other')
    const task = { type: 'immediate', from: SENDER, template: ids.template, group: group.id } as const
    const plan = { from: SENDER, template: ids.template, group: group.id }
    const calls: Readonly<Record<string, () => Promise<unknown>>> = {
      'domains.get': () => other.domains.get(ids.domain),
      'domains.get by name': () => other.domains.get(DOMAIN),
      'domains.verify': () => other.domains.verify(ids.domain),
      'domains.delete': () => other.domains.delete(ids.domain),
      'senders.delete': () => other.senders.delete(ids.sender),
      'senders.delete by address': () => other.senders.delete(SENDER),
      'templates.get': () => other.templates.get(ids.template),
      'templates.update': () => other.templates.update(ids.template, { subject: 'mine' }),
      'templates.delete': () => other.templates.delete(ids.template),
      'templates.preview': () => other.templates.preview({ template: ids.template }),
      'groups.get': () => other.groups.get(group.id),
      'groups.importCsv': () => other.groups.importCsv(group.id, rows(1)),
      'groups.sampleCsv': () => other.groups.sampleCsv({ template: ids.template }),
      'groups.recipients': () => other.groups.recipients(group.id),
      'groups.delete': () => other.groups.delete(group.id),
      'tasks.get': () => other.tasks.get(id),
      'tasks.runs': () => other.tasks.runs(id),
      'tasks.pause': () => other.tasks.pause(id),
      'tasks.restart': () => other.tasks.restart(id),
      'tasks.cancel': () => other.tasks.cancel(id),
      'tasks.retryFailed': () => other.tasks.retryFailed(id),
      'deliveries.timeline': () => other.deliveries.timeline(message?.id ?? ''),
      send: () => other.send({ ...welcome, to: ann }),
      sendRegular: () => other.sendRegular({ ...welcome, to: ann }),
      'senders.create': () => other.senders.create({ address: `me@${DOMAIN}` }),
      'tasks.create': () => other.tasks.create(task),
      'tasks.plan': () => other.tasks.plan(plan),
      'tasks.testSend': () => other.tasks.testSend({ ...plan, to: ann }),
    }
    for (const [name, call] of Object.entries(calls)) {
      const code = await call().then(
        () => 'it answered',
        (error) => error.code,
      )
      const expected =
        name === 'senders.create'
          ? 'DOMAIN_NOT_VERIFIED'
          : /end|tasks\.(create|plan)/.test(name)
            ? /^(SENDER_)?NOT_FOUND$/
            : 'NOT_FOUND'
      expect(code, name).toMatch(expected)
    }
    for (const page of [
      await other.domains.list(),
      await other.senders.list(),
      await other.templates.list(),
      await other.groups.list(),
      await other.tasks.list(),
      await other.deliveries.messages(),
      await other.deliveries.messages({ task: id }),
      await other.deliveries.messages({ recipient: ann }),
      await other.blocklist.custom.list(),
      await other.blocklist.invalid.list(),
      await other.blocklist.invalid.mine(),
      await other.statistics.sending({ from: 0, to: START + DAY }),
      await other.statistics.sending({ from: 0, to: START + DAY, domains: [DOMAIN] }),
      await other.statistics.sending({ from: 0, to: START + DAY, tasks: [id] }),
    ])
      expect(page.items).toEqual([])
    expect(await other.blocklist.lookup('x@office.example')).toMatchObject({ custom: [] })
    await other.blocklist.custom.remove(['x@office.example'])
    expect(await shown()).toBe(before)
  })

  it('ACC-2: limits, frequency and daily allowance of one account do not count those of another', async () => {
    const service = await aService({
      policy: { frequencyPerHour: 1, domainsPerAccount: 1 },
      answer: () => refused(452, '4.2.2'),
    })
    const other = await anotherAccount(service)
    await service.mail.send({ ...welcome, to: ann })
    await aTask(service, 499)
    await settle(service)
    await expect(service.mail.send({ ...welcome, to: 'bob@office.example' })).rejects.toMatchObject({
      code: 'DAILY_LIMIT',
    })
    await other.send(otherMail(ann))
    await other.groups.create({ name: 'readers' })
  })

  it('ACC-4: the same key and body get the first answer for 24 hours, also across processes; another body is a conflict', async () => {
    const service = await aService()
    const twin = await aService({ storage: service.storage })
    const once = { ...welcome, to: ann, idempotencyKey: 'order-1' }
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 ? service : twin).mail.send(once)),
    )
    expect(new Set(all.map((answer) => JSON.stringify(answer))).size).toBe(1)
    for (const { mail } of [service, twin]) {
      await expect(mail.send({ ...once, to: 'bob@office.example' })).rejects.toMatchObject({
        code: 'IDEMPOTENCY_CONFLICT',
      })
      expect(await mail.send({ ...once, variables: { name: 'Ann' } })).toEqual(all[0])
    }
    await settle(service)
    expect(service.transport.count).toBe(1)
    await service.mail.blocklist.custom.add({ addresses: [ann] })
    await service.clock.stepTo(START + DAY - 1)
    expect(await service.mail.send(once)).toEqual(all[0])
    await service.mail.blocklist.custom.remove([ann])
    await service.clock.stepTo(START + DAY)
    expect((await service.mail.send(once)).requestId).not.toBe(all[0]?.requestId)
    const other = await anotherAccount(service)
    await other.send({ ...otherMail(ann), idempotencyKey: 'order-1' })
  })

  it.each([
    ['domains', { name: 'two.shop.example' }, { name: 'three.shop.example' }],
    ['senders', { address: `two@${DOMAIN}` }, { address: `three@${DOMAIN}` }],
    ['templates', { name: 'two', subject: 'x', html: '<p>x</p>' }, { name: 'two', subject: 'y', html: '<p>x</p>' }],
    ['groups', { name: 'two' }, { name: 'three' }],
  ] as const)('ACC-4: %s.create with a key answers twice and creates once', async (kind, body, otherBody) => {
    const { mail } = await aService()
    const namespace = mail[kind] as {
      create(input: object): Promise<{ id: string }>
      list(): Promise<{ items: readonly unknown[] }>
    }
    const before = (await namespace.list()).items.length
    const first = await namespace.create({ ...body, idempotencyKey: 'k' })
    expect(await namespace.create({ ...body, idempotencyKey: 'k' })).toEqual(first)
    await expect(namespace.create({ ...otherBody, idempotencyKey: 'k' })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    })
    expect((await namespace.list()).items).toHaveLength(before + 1)
  })
})
