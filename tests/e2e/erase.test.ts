import { memoryStorage } from '@mailwright/adapters/storage/memory'
import type { Storage } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import {
  accepted,
  anotherAccount,
  aService,
  DAY,
  liveUntil,
  otherMail,
  refused,
  SENDER,
  settle,
  welcome,
} from './a-service.js'

const ann = 'ann@office.example'
const bob = 'bob@office.example'
const HOUR = 3_600_000

/** Everything the account says about its mails, groups and people, as one text. */
const everything = async ({ mail }: Awaited<ReturnType<typeof aService>>, account = mail.account('default')) => {
  const { items } = await account.deliveries.messages({ limit: 1_000 })
  const timelines = await Promise.all(items.map(({ id }) => account.deliveries.timeline(id)))
  const groups = await account.groups.list()
  const rows = await Promise.all(groups.items.map(({ id }) => account.groups.recipients(id)))
  return JSON.stringify({ items, timelines, rows })
}

describe('one person', () => {
  it('GRP-8: is exported whole: group rows with values, messages with events, own blocks; nothing of another account', async () => {
    const service = await aService({ answer: (_, to) => (to === ann ? refused(550, '5.1.1', `no ${ann}`) : accepted) })
    const { mail } = service
    const other = await anotherAccount(service)
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', `email,name\n${ann},Ann\n${bob},Bob\n`)
    await mail.send({ ...welcome, to: [ann, bob] })
    await other.send(otherMail(ann))
    await settle(service)
    const found = await mail.people.export('Ann@Office.example')
    expect(found.groups).toEqual([{ group: 'readers', values: { name: 'Ann' } }])
    expect(found.messages.map(({ state, subject, values }) => ({ state, subject, values }))).toEqual([
      { state: 'bounced', subject: 'Welcome, {{name}}', values: { name: 'Ann' } },
    ])
    expect(found.messages[0]?.events.map(({ kind }) => kind)).toEqual(['bounced'])
    expect(found.blocklist.map(({ kind }) => kind)).toEqual(['invalid'])
    expect(JSON.stringify(found)).not.toContain(bob)
  })

  it('GRP-8: is erased from groups, messages, events and contents; counts stay, and so do others and other accounts', async () => {
    const service = await aService({
      answer: (_, to) => (to === ann ? refused(550, '5.2.2', `full: ${ann}`) : accepted),
    })
    const { mail, clock } = service
    const other = await anotherAccount(service)
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', `email,name\n${ann},Ann Lee\n${bob},Bob\n`)
    await mail.tasks.create({ type: 'immediate', from: SENDER, template: 'welcome', group: 'readers' })
    await mail.send({ ...welcome, to: ann, variables: { name: 'Ann Lee' } })
    await mail.sendRegular({ ...welcome, to: [ann, bob] })
    await other.send(otherMail(ann))
    await settle(service)
    const before = await mail.statistics.sending({ from: 0, to: clock.now() + HOUR })
    expect(await everything(service)).toContain(ann)

    expect(await mail.people.erase(ann)).toEqual({ groups: 1, messages: 3 })
    for (const secret of [ann, 'Ann Lee']) expect(await everything(service)).not.toContain(secret)
    expect(await mail.people.export(ann)).toMatchObject({ groups: [], messages: [] })
    expect(await everything(service)).toContain(bob)
    expect(await everything(service, other)).toContain(ann)
    expect(await mail.statistics.sending({ from: 0, to: clock.now() + HOUR })).toEqual(before)
    expect(await mail.people.erase(ann)).toEqual({ groups: 0, messages: 0 })
  })

  it('GRP-8: erased while mail is due, gets none of it, and what comes later says no address', async () => {
    const tried: { readonly to: string; readonly content: string }[] = []
    const service = await aService({
      answer: ({ content }, to) => {
        tried.push({ to, content: Buffer.from(content).toString() })
        return refused(451, '4.3.0', 'later')
      },
    })
    const { mail, clock } = service
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', `email,name\n${ann},Ann\n${bob},Bob\n`)
    const task = { type: 'immediate', from: SENDER, template: 'welcome', group: 'readers' } as const
    const first = await mail.tasks.create(task)
    await mail.sendRegular({ ...welcome, to: [ann, bob] })
    await settle(service)
    const second = await mail.tasks.create(task)
    await mail.people.erase(ann)
    const before = tried.length
    await settle(service, clock.now() + 4 * DAY)
    const later = tried.slice(before)
    expect([before, new Set(later.map(({ to }) => to))]).toEqual([4, new Set([bob])])
    expect(later.filter(({ content }) => content.includes('erased.invalid') || content.includes(ann))).toEqual([])
    expect(await everything(service)).not.toContain(ann)
    for (const { id } of [first, second]) {
      const { items } = await mail.deliveries.messages({ task: id })
      expect(items.map(({ state, lastReply }) => [state, lastReply === 'PERSON_ERASED']).sort()).toEqual([
        ['bounced', false],
        ['dropped', true],
      ])
    }
    expect(service.problems).toEqual([])
  })

  it('GRP-8: mail that was in flight is erased too, once upkeep looks again', async () => {
    let erase: () => Promise<unknown> = async () => undefined
    const service = await aService({
      answer: async () => {
        await erase()
        return accepted
      },
    })
    const { mail, clock } = service
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', `email,name\n${ann},Ann\n`)
    erase = () => mail.people.erase(ann)
    await mail.tasks.create({ type: 'immediate', from: SENDER, template: 'welcome', group: 'readers' })
    await settle(service)
    expect(await everything(service)).toContain(ann)
    await settle(service, clock.now() + HOUR)
    await mail.tick()
    expect(await everything(service)).not.toContain(ann)
  })

  it('GRP-8: what a server says later about mail that was in flight names nobody, once upkeep has looked again', async () => {
    let erase: () => Promise<unknown> = async () => undefined
    const service = await aService({
      answer: async () => {
        await erase()
        return refused(550, '5.2.2', `mailbox of ${ann} is full`)
      },
    })
    const { mail, clock } = service
    await mail.send({ ...welcome, to: ann })
    erase = () => mail.people.erase(ann)
    await settle(service)
    erase = async () => undefined
    await liveUntil(service, clock.now() + HOUR)
    expect(await everything(service)).not.toContain(ann)
    expect(service.problems).toEqual([])
  })

  it('GRP-8: who comes back later stays: a new import and new mail are not erased by upkeep of the former erasure', async () => {
    const service = await aService({ answer: () => refused(451, '4.3.0', `later, ${ann}`) })
    const { mail, clock } = service
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', `email,name\n${ann},Ann\n`)
    await mail.send({ ...welcome, to: ann })
    await mail.people.erase(ann)
    await liveUntil(service, clock.now() + HOUR)
    expect(await everything(service)).not.toContain(ann)
    await mail.groups.importCsv('readers', `email,name\n${ann},Ann again\n`)
    const { messages } = await mail.send({ ...welcome, to: ann, validForSeconds: 40 * 86_400 })
    await liveUntil(service, clock.now() + 5 * DAY)
    const { groups, messages: found } = await mail.people.export(ann)
    expect(groups).toEqual([{ group: 'readers', values: { name: 'Ann again' } }])
    expect(found.map(({ id, mailbox }) => [id, mailbox])).toEqual([[messages[0]?.id, ann]])
    expect(found[0]?.lastReply).toContain(ann)
    expect(service.problems).toEqual([])
  })

  it('GRP-8: who is erased again is looked after again', async () => {
    let erase: () => Promise<unknown> = async () => undefined
    const service = await aService({
      answer: async () => {
        await erase()
        return accepted
      },
    })
    const { mail, clock } = service
    await mail.people.erase(ann)
    await liveUntil(service, clock.now() + HOUR)
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', `email,name\n${ann},Ann\n`)
    erase = () => mail.people.erase(ann)
    await mail.tasks.create({ type: 'immediate', from: SENDER, template: 'welcome', group: 'readers' })
    await settle(service)
    await liveUntil(service, clock.now() + HOUR)
    expect(await everything(service)).not.toContain(ann)
  })

  it('GRP-8, ACC-4: no idempotency record holds an address, and a repetition is answered as before', async () => {
    const storage = memoryStorage()
    const kept: string[] = []
    const watching: Storage = {
      ...storage,
      apply(bundles, options) {
        for (const { guards } of bundles)
          for (const guard of guards) if (guard.type === 'once') kept.push(JSON.stringify(guard))
        return storage.apply(bundles, options)
      },
    }
    const service = await aService({ storage: watching })
    const { mail } = service
    await mail.blocklist.custom.add({ addresses: [bob] })
    const send = { ...welcome, to: [`Ann Lee <${ann}>`], cc: [bob], idempotencyKey: 'one' }
    const regular = { ...welcome, to: [ann], idempotencyKey: 'two' }
    const first = [await mail.send(send), await mail.sendRegular(regular)]
    expect(first[0]?.messages.map(({ to, state }) => [to, state])).toEqual([
      [ann, 'accepted'],
      [bob, 'refused'],
    ])
    await mail.people.erase(ann)
    expect([await mail.send(send), await mail.sendRegular(regular)]).toEqual(first)
    expect(kept.length).toBeGreaterThanOrEqual(2)
    for (const guard of kept) expect(guard).not.toContain('office.example')
  })

  it('GRP-8, REL-5: of a chunk under way, rows of an erased person that have not been started are not sent', async () => {
    let erase: () => Promise<unknown> = async () => undefined
    const tried: string[] = []
    const service = await aService({
      concurrency: 1,
      answer: async (_, to) => {
        tried.push(to)
        await erase()
        return accepted
      },
    })
    const { mail, clock } = service
    await mail.groups.create({ name: 'readers' })
    const others = Array.from({ length: 5 }, (_, n) => `r${n}@office.example,R`)
    await mail.groups.importCsv('readers', `email,name\n${others.join('\n')}\n${ann},Ann\n`)
    erase = async () => {
      erase = async () => undefined
      await mail.people.erase(ann)
    }
    const { id } = await mail.tasks.create({ type: 'immediate', from: SENDER, template: 'welcome', group: 'readers' })
    await settle(service)
    expect(tried).toHaveLength(5)
    expect(tried).not.toContain(ann)
    expect(await mail.tasks.get(id)).toMatchObject({ state: 'done' })
    expect(await everything(service)).not.toContain(ann)
    await liveUntil(service, clock.now() + HOUR)
    expect(service.problems).toEqual([])
  })

  it('GRP-8, REL-5: single mail that waits for its connection is not sent to who is erased meanwhile', async () => {
    let erase: () => Promise<unknown> = async () => undefined
    const tried: string[] = []
    const service = await aService({
      concurrency: 1,
      answer: async (_, to) => {
        tried.push(to)
        await erase()
        return accepted
      },
    })
    const { mail } = service
    // One connection, and one kept for single mail.
    for (const to of [bob, 'cid@office.example', ann]) await mail.send({ ...welcome, to })
    erase = () => mail.people.erase(ann)
    await settle(service)
    expect(tried).toEqual([bob, 'cid@office.example'])
    expect(service.problems).toEqual([])
  })

  it('GRP-8: an address that is none is refused', async () => {
    const { mail } = await aService()
    await expect(mail.people.erase('not an address')).rejects.toMatchObject({ code: 'ADDRESS_INVALID' })
  })
})
