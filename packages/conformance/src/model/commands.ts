import type { Bundle, Change, FollowUp, Guard, Json, NewWork, Observation } from '@mailwright/core'
import fc from 'fast-check'
import { aBlock, aMessage, anEvent, t0 } from '../storage/builders.js'
import { world } from './world.js'

/** What a run of the model does to both. Ids and tokens of the form `#n` mean those of the n-th last lease. */
export type Command =
  | { readonly type: 'apply'; readonly bundles: readonly Bundle[] }
  | {
      readonly type: 'claim'
      readonly kinds: readonly string[]
      readonly after: number
      readonly limit: number
      readonly exceptLanes: readonly string[]
    }

const one = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values)
const few = <T>(item: fc.Arbitrary<T>, maxLength = 3): fc.Arbitrary<T[]> => fc.array(item, { minLength: 1, maxLength })
const soon = fc.integer({ min: 0, max: 20 }).map((seconds) => t0 + seconds)
const lease = fc.nat({ max: 5 }).map((index) => `#${index}`)
const place = { kind: one(world.recordKinds), account: one(world.accounts), id: one(world.recordIds) }
const version = fc.integer({ min: 1, max: 3 })
const json = fc.jsonValue({ maxDepth: 1 }).map((value) => ({ value: value as Json }))

const record = fc.record({
  ...place,
  parent: one(world.parents),
  name: one(world.names),
  state: one(world.states),
  createdAt: soon,
  data: json,
})
const uniqueKeys = fc.uniqueArray(fc.record({ scope: one(world.scopes), key: one(world.uniqueKeys) }), {
  maxLength: 2,
  selector: ({ scope, key }) => `${scope} ${key}`,
})

const newWork: fc.Arbitrary<NewWork> = fc
  .record({
    kind: one(world.workKinds),
    key: one(world.workKeys),
    account: one(world.accounts),
    parent: one(world.parents),
    lane: one(world.lanes),
    rank: fc.integer({ min: 0, max: 3 }),
    dueAt: soon,
    ref: json,
    twin: fc.boolean(),
  })
  .map(({ twin, ...work }) => ({ ...work, id: `${work.kind} ${work.key}${twin ? ' twin' : ''}` }))

const cell = fc.record({
  cube: one(world.cubes),
  account: one(world.accounts),
  bucket: one(world.buckets),
  domain: one(world.domains),
  recipientDomain: fc.constant(''),
  template: fc.constant('tpl'),
  task: one(world.tasks),
})
const block = fc
  .record({
    kind: one(world.blockKinds),
    account: one(world.accounts),
    key: one(world.mailboxes),
    scope: one(['', 'mail.shop.example']),
    startsAt: soon,
    endsAt: fc.option(soon),
  })
  .map((given) => aBlock(given))
const facts = fc.integer({ min: 0, max: 2 ** 19 - 1 }).map((bits) => bits & 0b1100000000000001111)

/** Mostly about the person whom the message is to. */
const event = fc
  .record({
    key: one(world.events),
    kind: one(world.eventKinds),
    at: soon,
    sentAt: one(world.buckets),
    domain: one(world.domains),
    task: one(world.tasks),
    detail: json,
    stranger: fc.boolean(),
  })
  .map(({ stranger, ...given }) => ({ ...given, ...(stranger ? { person: 'who@else.example' } : {}) }))

const observation: fc.Arbitrary<Observation> = fc
  .record({
    message: one(world.messages),
    insert: fc.boolean(),
    facts,
    attempt: fc.integer({ min: 0, max: 3 }),
    at: soon,
    reply: one(['', '250 ok', '451 later']),
    event: fc.option(event),
    raw: fc.option(one(['opens', 'clicks'] as const)),
    cells: fc.uniqueArray(cell, { maxLength: 2, selector: (value) => JSON.stringify(value) }),
    block: fc.option(block),
    work: fc.option(newWork),
  })
  .map(({ insert, event, ...given }) => {
    const { message: id } = given
    // Which account a message is of, and when it was accepted, is part of what it is.
    const account = id === 'm2' ? 'beta' : 'acme'
    const person = id === 'm1' ? 'bob@example.org' : 'ann@example.org'
    const to = { mailbox: person, recipientKey: person, task: id === 'm1' ? '' : 'task-0' }
    const row = aMessage({
      id,
      account,
      acceptedAt: id === 'm0' ? t0 : t0 + 1,
      bucket: id === 'm0' ? 0 : 3_600_000,
      ...to,
    })
    const keyed = event && { ...anEvent({ person }), ...event, key: `${id} ${event.key}`, message: id, account }
    return { ...given, insert: insert ? row : null, event: keyed }
  })

const day = { scope: one(world.domains), day: one(world.days) }
const count = fc.integer({ min: 0, max: 6 })
const recipientRow = fc
  .record({ lane: one(world.lanes), seq: fc.integer({ min: 0, max: 4 }), key: one(world.mailboxes) })
  .map((given) => ({ ...given, mailbox: given.key, values: [given.lane] }))
const generation = { group: one(world.groups), generation: one(world.generations) }
const type = <T extends string>(name: T) => fc.constant(name)

const followUp: fc.Arbitrary<FollowUp> = fc.record({
  work: newWork,
  parts: fc.array(fc.record({ item: fc.nat({ max: 2 }), part: one(['p', 1, null, { a: [] }]) }), { maxLength: 3 }),
})

const common: readonly fc.Arbitrary<Change>[] = [
  fc
    .record({
      record,
      expect: fc.oneof(type('absent'), type('absent'), version),
      keys: fc.option(uniqueKeys, { nil: undefined }),
    })
    .map(({ keys, ...put }) => ({ type: 'record.put' as const, ...put, ...(keys === undefined ? {} : { keys }) })),
  fc.record({ type: type('work.put'), items: few(newWork), sooner: fc.boolean() }),
  fc
    .record({ lease, startedThrough: count, leaseUntil: soon, watch: few(one(world.epochs)) })
    .map(({ lease: held, ...rest }) => ({ type: 'work.advance' as const, id: held, token: held, ...rest })),
  few(fc.tuple(lease, soon, one([{}, { lane: 'other' }, { ref: { a: 1 } }]))).map((items) => ({
    type: 'work.release' as const,
    items: items.map(([held, dueAt, given]) => ({ id: held, token: held, dueAt, ...given })),
  })),
  few(lease).map((items) => ({
    type: 'work.finish' as const,
    items: items.map((held) => ({ id: held, token: held })),
  })),
  fc.record({
    type: type('settle'),
    shard: fc.nat({ max: 15 }),
    items: few(observation),
    follow: fc.array(followUp, { maxLength: 2 }),
  }),
]

const usual: readonly fc.Arbitrary<Change>[] = [
  fc.record({ type: type('slot'), key: one(world.epochs), by: one([1, -1] as const), limit: fc.constant(2) }),
  // `at` is set when it runs: a window's time goes forwards.
  fc.record({
    type: type('window.take'),
    keys: fc.uniqueArray(one(world.epochs), { minLength: 1 }),
    at: fc.constant(0),
    windowMs: fc.constant(10),
    limit: fc.constant(2),
  }),
  // What is given back is that of an earlier instant, or of none.
  fc.record(
    {
      type: type('window.book'),
      key: one(world.epochs.map((key) => `booked ${key}`)),
      count: fc.integer({ min: 0, max: 3 }),
      from: fc.constant(0),
      windowMs: fc.constant(10),
      limit: fc.integer({ min: 3, max: 5 }),
      least: fc.constant(1),
      unused: fc.record({ at: fc.nat({ max: 3 }), count: fc.integer({ min: 1, max: 3 }) }),
    },
    { requiredKeys: ['type', 'key', 'count', 'from', 'windowMs', 'limit'] },
  ),
  fc.record({ type: type('quota.take'), ...day, count, ceiling: fc.constant(10) }),
  fc.record({ type: type('quota.return'), ...day, count }),
  fc.record({ type: type('quota.raise'), ...day, to: fc.integer({ min: 0, max: 20 }) }),
  fc.record({ type: type('block.put'), items: few(block), unlessLater: fc.boolean() }),
  fc.record({ type: type('block.drop'), items: few(block) }),
  fc.record({ type: type('epoch.bump'), keys: few(one(world.epochs)) }),
  fc.record({ type: type('recipients.append'), ...generation, rows: few(recipientRow) }),
  fc.record({
    type: type('count'),
    shard: fc.nat({ max: 15 }),
    items: few(
      fc.record({
        cells: few(cell),
        counter: one(['refused', 'accepted'] as const),
        by: fc.integer({ min: 1, max: 3 }),
      }),
    ),
  }),
]

const rare: readonly fc.Arbitrary<Change>[] = [
  fc.record({ type: type('record.drop'), ...place }),
  fc.record({ type: type('record.drop'), ...place, expect: version }),
  fc
    .record({ ...place, by: one(world.recordIds), on: fc.boolean() })
    .map(({ id: ref, ...hold }) => ({ type: 'hold' as const, ref, ...hold })),
  fc.record({ type: type('quota.block'), ...day }),
  fc.record({ type: type('work.drop'), kind: one(world.workKinds), parent: fc.constant('run-0') }),
  fc.record({ type: type('recipients.drop'), ...generation }),
  fc.record({ type: type('recipients.drop'), ...generation, from: one([{}, { gmail: 2 }, { gmail: 1, other: 3 }]) }),
]

const tombstone = fc.constant('gone')
const erasures: readonly fc.Arbitrary<Change>[] = [
  fc.record({ type: type('erase'), account: one(world.accounts), recipientKey: one(world.people), tombstone }),
  fc.record({ type: type('recipients.erase'), ...generation, key: one(world.mailboxes), tombstone }),
  fc.record({ type: type('fold'), before: one(world.buckets), limit: fc.integer({ min: 1, max: 9 }) }),
  // Which of several rows of one age goes first is the adapter's choice, so all of them go.
  fc.record({
    type: type('purge'),
    rows: one(world.purged),
    before: one([0, 1, 5e8, t0, t0 + 1, t0 + 9]),
    limit: fc.constant(999),
  }),
]

/** What removes things is rare, so that something is there to be removed. */
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: fc.oneof(...common) },
  { weight: 3, arbitrary: fc.oneof(...usual) },
  { weight: 1, arbitrary: fc.oneof(...rare, ...erasures) },
)

const guard: fc.Arbitrary<Guard> = fc.oneof(
  fc.record({ type: type('present'), ...place }),
  fc.record({ type: type('present'), ...place, version }),
  fc.record({ type: type('present'), ...place, version, fleeting: fc.constant(true as const) }),
  lease.map((held) => ({ type: 'holder' as const, work: held, token: held })),
  fc.record({ type: type('unheld'), ref: one(world.recordIds) }),
  fc
    .record({
      account: one(world.accounts),
      key: one(['i0', 'i1']),
      bodyHash: one(['h0', 'h1']),
      now: soon,
      answer: json,
    })
    .map((once) => ({ type: 'once' as const, ...once, until: once.now + 5 })),
)

const bundle = fc.record({
  guards: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: few(guard, 2) }),
  changes: few(change, 4),
})

/** So that there is something to change from the first command on. */
const beginning: fc.Arbitrary<Command> = fc
  .record({
    records: fc.tuple(record, record),
    items: fc.uniqueArray(newWork, { minLength: 3, maxLength: 6, selector: ({ id }) => id }),
    seen: few(observation),
  })
  .map(({ records: [first, second], items, seen }) => ({
    type: 'apply',
    bundles: [
      { guards: [], changes: [{ type: 'record.put', record: { ...first, id: 'r0' }, expect: 'absent' }] },
      { guards: [], changes: [{ type: 'record.put', record: { ...second, id: 'r1' }, expect: 'absent' }] },
      { guards: [], changes: [{ type: 'work.put', items }] },
      { guards: [], changes: [{ type: 'settle', shard: 0, items: seen }] },
    ],
  }))

const continuation: fc.Arbitrary<readonly Command[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ type: type('apply'), bundles: few(bundle) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        type: type('claim'),
        kinds: fc.subarray([...world.workKinds], { minLength: 1 }),
        after: fc.integer({ min: 0, max: 30 }),
        limit: fc.integer({ min: 1, max: 3 }),
        exceptLanes: fc.subarray([...world.lanes], { maxLength: 1 }),
      }),
    },
  ),
  { minLength: 5, maxLength: 25 },
)

export const commands: fc.Arbitrary<readonly Command[]> = fc
  .tuple(beginning, continuation)
  .map(([first, rest]) => [first, ...rest])
