import { randomUUID } from 'node:crypto'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { fromPg } from '@mailwright/adapters/storage/postgres'
import { isMailError, type Storage } from '@mailwright/core'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { needs, urlOf } from '../servers/needs.js'
import { accepted, anotherAccount, aService, otherMail, refused, rows, SENDER, settle, welcome } from './a-service.js'

type Page = { readonly items: readonly unknown[]; readonly next: string | null }
type Ask = (input: { readonly cursor?: string; readonly limit?: number }) => Promise<Page>
type Filters = Readonly<Record<string, (value: never) => Promise<unknown>>>

/** Every list of the account, with two rows or more in most. */
async function lists(storage: Storage) {
  const answer = (_: unknown, to: string) => (to.startsWith('hard') ? refused(550, '5.1.1') : accepted)
  const service = await aService({ storage, answer })
  const { mail } = service
  const other = await anotherAccount(service)
  for (const n of [1, 2, 3]) {
    await mail.send({ ...welcome, to: `hard${n}@a.example` })
    await other.send(otherMail(`hard${n + 5}@a.example`))
    await mail.groups.create({ name: `g${n}` })
    await mail.templates.create({ name: `t${n}`, subject: 'x', text: 'x' })
    await mail.senders.create({ address: `s${n}@mail.shop.example` })
    await mail.blocklist.custom.add({ addresses: [`c${n}@a.example`] })
    await mail.blocklist.invalid.whitelist({ addresses: [`w${n}@a.example`] })
  }
  await mail.groups.importCsv('g1', rows(5))
  const task = await mail.tasks.create({ type: 'immediate', from: SENDER, template: 'welcome', group: 'g1' })
  await mail.tasks.create({ type: 'immediate', from: SENDER, template: 'welcome', group: 'g1' })
  await settle(service)
  const { deliveries, blocklist, groups, tasks, templates, senders, domains, callbacks, statistics } = mail
  const range = { from: service.clock.now() - 86_400_000, to: service.clock.now() + 1 }
  const asks: Readonly<Record<string, Ask>> = {
    messages: deliveries.messages,
    'messages of one person': (page) => deliveries.messages({ ...page, recipient: 'hard1@a.example' }),
    'messages of a task': (page) => deliveries.messages({ ...page, task: task.id }),
    bounces: deliveries.bounces,
    'bounces of one person': (page) => deliveries.bounces({ ...page, recipient: 'hard1@a.example' }),
    opens: deliveries.opens,
    invalid: blocklist.invalid.list,
    whitelist: (page) => blocklist.invalid.list({ ...page, whitelisted: true }),
    mine: blocklist.invalid.mine,
    custom: blocklist.custom.list,
    rejects: blocklist.rejects.list,
    lifts: blocklist.rejects.lifted,
    groups: groups.list,
    recipients: (page) => groups.recipients('g1', page),
    tasks: tasks.list,
    runs: (page) => tasks.runs(task.id, page),
    templates: templates.list,
    senders: senders.list,
    domains: domains.list,
    callbacks: callbacks.list,
    attempts: callbacks.attempts,
    statistics: (page) => statistics.sending({ ...range, ...page, by: ['recipientDomain', 'hour'] }),
  }
  const filters: Filters = {
    'messages.recipient': (recipient) => deliveries.messages({ recipient }),
    'messages.task': (of) => deliveries.messages({ task: of }),
    'messages.from': (from) => deliveries.messages({ from }),
    'messages.to': (to) => deliveries.messages({ to }),
    'timeline.message': (message) => deliveries.timeline(message),
    'bounces.domains': (name) => deliveries.bounces({ domains: [name] }),
    'bounces.recipientDomains': (name) => deliveries.bounces({ recipientDomains: [name] }),
    'bounces.sentFrom': (sentFrom) => deliveries.bounces({ sentFrom }),
    'bounces.recipient': (recipient) => deliveries.bounces({ recipient }),
    'queueStatus.domains': (name) => deliveries.queueStatus({ domains: [name] }),
    'queueStatus.minutes': (minutes) => deliveries.queueStatus({ minutes }),
    lookup: (address) => blocklist.lookup(address),
    'mine.contains': (contains) => blocklist.invalid.mine({ contains }),
    'mine.from': (from) => blocklist.invalid.mine({ from }),
    'custom.contains': (contains) => blocklist.custom.list({ contains }),
    'custom.add.endsAt': (endsAt) => blocklist.custom.add({ addresses: ['x@a.example'], startsAt: 0, endsAt }),
    'custom.modify': (target) => blocklist.custom.modify({ targets: [target], endsAt: 0 }),
    'custom.remove': (target) => blocklist.custom.remove(target),
    'rejects.senderDomain': (senderDomain) => blocklist.rejects.list({ senderDomain }),
    'lifts.address': (address) => blocklist.rejects.lifted({ address }),
    'statistics.from': (from) => statistics.sending({ ...range, from }),
    'statistics.to': (to) => statistics.tracking({ ...range, to, users: true }),
    'statistics.domains': (name) => statistics.sending({ ...range, domains: [name] }),
    'statistics.templates': (name) => statistics.tracking({ ...range, templates: [name], users: true }),
    'statistics.tag': (key) => statistics.sending({ ...range, tag: { key, value: key } }),
    'statistics.by': (key) => statistics.sending({ ...range, by: `tag:${key}` as 'day' }),
    'statistics.timeZone': (timeZone) => statistics.sending({ ...range, timeZone }),
    'people.export': (address) => mail.people.export(address),
    'people.erase': (address) => mail.people.erase(address),
    'unsubscribes.find': (token) => mail.unsubscribes.find(token),
    'unsubscribes.confirm': (token) => mail.unsubscribes.confirm(token),
    'tracking.click': (token) => mail.tracking.click(token, {}),
    limit: (limit) => deliveries.messages({ limit }),
  }
  return { asks, filters, service }
}

const packed = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const raw = (text: string): string => Buffer.from(text).toString('base64url')

const hostile: readonly string[] = [
  'x',
  '%%%',
  '\0',
  raw('['),
  raw('[1e999,"x"]'),
  raw('[-1e999,"x"]'),
  ...[
    null,
    {},
    [],
    [1],
    [1.5, 'x'],
    [2 ** 63, 'x'],
    [-(2 ** 70), 'x'],
    [1e300, 'x'],
    [1, 'a\0b'],
    [1, '\ud800'],
    [1, "'; drop table message; --"],
    ['x', 'x'],
    ['x', 1],
    [1, 'x', 'y'],
    [1, [1]],
    [{ a: 1 }, 'x'],
    [1, 'x'.repeat(100_000)],
    ['x', 'x', 'x'],
    [1, 'x', 1.5],
    [1, 'x', 1e300],
    [1, 'x', -5],
    [1, '', 2 ** 62],
    [1e300, '', 1],
    [1.5, '', 1],
    [0, '', 0],
    [null, null, null, null, null, null],
    [1, 'a', 'b', 'c', 'd', 'e'],
    { batch: 'x', after: 'y' },
    { batch: packed([1.5, 'x']), after: 'y' },
    { batch: null, after: { a: 1 } },
  ].map(packed),
]

const strange: readonly unknown[] = [
  '',
  '\0',
  'a\0b@a.example',
  '\ud800',
  '\u0001',
  '%',
  '_',
  '\\',
  "'",
  '{"}',
  '@',
  'x'.repeat(300),
  'x'.repeat(100_000),
  '2026-99-99',
  '9999-12-31T23:59:59.999Z',
  '+275760-09-13',
  -1,
  0.5,
  1e300,
  8.64e15,
  8.64e15 + 1,
  2 ** 53,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  null,
  {},
  [],
  true,
]

/** What neither answers nor is refused as what it is: a mistake of the caller. */
async function misread(storage: Storage): Promise<readonly string[]> {
  const { filters, service } = await lists(storage)
  const wrong: string[] = []
  for (const [name, ask] of Object.entries(filters))
    for (const value of strange)
      try {
        await ask(value as never)
      } catch (error) {
        if (!isMailError(error) || (error.kind !== 'input' && error.kind !== 'refused' && error.code !== 'NOT_FOUND'))
          wrong.push(`${name}: ${JSON.stringify(value)?.slice(0, 30)}: ${String(error).slice(0, 200)}`)
      }
  expect(service.problems).toEqual([])
  return wrong
}

async function tried(storage: Storage): Promise<readonly string[]> {
  const { asks, service } = await lists(storage)
  const wrong: string[] = []
  const cursors = [...hostile]
  // One list's own cursor is another's hostile one.
  for (const ask of Object.values(asks)) {
    const { next } = await ask({ limit: 1 })
    if (next !== null) cursors.push(next)
  }
  for (const [name, ask] of Object.entries(asks)) {
    const all = JSON.stringify((await ask({ limit: 1_000 })).items)
    for (const cursor of cursors) {
      try {
        for (const item of (await ask({ cursor, limit: 2 })).items)
          if (!all.includes(JSON.stringify(item))) wrong.push(`${name}: a row that is not in the list`)
      } catch (error) {
        const known = isMailError(error, 'INPUT_INVALID') || isMailError(error, 'CHANGED_MEANWHILE')
        if (!known) wrong.push(`${name}: ${cursor.slice(0, 40)}: ${String(error).slice(0, 200)}`)
      }
    }
  }
  expect(service.problems).toEqual([])
  return wrong
}

describe('cursors that nobody was given', () => {
  it('DLV-3, ERR-1, ACC-2: are refused as input or show rows of that very list, on memory', async () => {
    expect(await tried(memoryStorage())).toEqual([])
  })

  it('ERR-1: strange filters are answered or refused as input, on memory', async () => {
    expect(await misread(memoryStorage())).toEqual([])
  })

  needs('postgres')('on Postgres', () => {
    it.each([
      ['DLV-3, ERR-1, ACC-2: cursors are refused as input or show rows of that very list', tried],
      ['ERR-1: strange filters are answered or refused as input', misread],
    ])('%s', async (_, problemsOf) => {
      const pool = new pg.Pool({ connectionString: urlOf('postgres'), max: 4 })
      const schema = `pages_${randomUUID().slice(0, 8)}`
      try {
        const storage = fromPg(pool, { schema })
        await storage.migrate()
        expect(await problemsOf(storage)).toEqual([])
      } finally {
        await pool.query(`drop schema if exists ${schema} cascade`)
        await pool.end()
      }
    })
  })
})
