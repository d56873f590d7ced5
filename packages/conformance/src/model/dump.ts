import type { BlockFilter, DimensionFilter, EventFilter, Page, StorageReads } from '@mailwright/core'
import { t0 } from '../storage/builders.js'
import { allPages } from '../storage/case.js'
import { inOrder } from './rows.js'
import { world } from './world.js'

const groups: readonly { readonly as: string; readonly by: Omit<DimensionFilter, 'account'> }[] = [
  { as: 'whole', by: { by: [] } },
  { as: 'by bucket', by: { by: ['bucket'], edges: [1, 3_600_000] } },
  { as: 'by recipient domain', by: { by: ['recipientDomain', 'domain'] } },
  { as: 'by task', by: { by: ['task', 'domain'], domains: [world.domains[0]] } },
]
const eventFilters: readonly Partial<EventFilter>[] = [
  {},
  { kinds: ['click'], from: t0 + 5, to: t0 + 15 },
  { sentFrom: 1, domains: [world.domains[1]] },
  { person: 'ann@example.org' },
  { person: 'gone', kinds: ['open'] },
]
const blockTimes: readonly Partial<BlockFilter>[] = [
  { endsFrom: t0 + 10 },
  { endsTo: t0 + 10, startsFrom: t0 + 5 },
  { startsTo: t0 + 10, endsFrom: t0 + 5 },
]

/** Asks every named question about everything in the world, in pages of two. Where the port promises no order, the answers are sorted. */
export const dump = async (read: StorageReads): Promise<unknown> => {
  const answers: Record<string, unknown> = {}
  const ask = async (question: string, answer: Promise<unknown>): Promise<void> => {
    answers[question] = await answer
  }
  const paged = <T>(page: (request: { readonly limit: number; readonly cursor?: string }) => Promise<Page<T>>) =>
    allPages((cursor) => page(cursor === undefined ? { limit: 2 } : { limit: 2, cursor }))
  const sorted = async <T>(rows: Promise<readonly T[]>) => inOrder(await rows, (row) => JSON.stringify(plain(row)))

  for (const kind of world.recordKinds) {
    await ask(
      `records ${kind}`,
      paged((page) => read.records({ kind, order: 'oldest', ...page })),
    )
    await ask(
      `named ${kind}`,
      paged((page) => read.records({ kind, name: 'n', order: 'newest', ...page })),
    )
    await ask(
      `in state ${kind}`,
      paged((page) => read.records({ kind, states: ['s'], order: 'newest', ...page })),
    )
    for (const parent of world.parents)
      await ask(
        `below ${kind} ${parent}`,
        paged((page) => read.records({ kind, parent, order: 'oldest', ...page })),
      )
    for (const account of world.accounts) {
      await ask(
        `own ${kind} ${account}`,
        paged((page) => read.records({ kind, account, order: 'newest', ...page })),
      )
      await ask(
        `lately ${kind} ${account}`,
        paged((page) => read.records({ kind, account, from: t0 + 5, to: t0 + 15, order: 'newest', ...page })),
      )
      for (const id of world.recordIds) await ask(`record ${kind} ${account} ${id}`, read.record({ kind, account, id }))
    }
  }
  for (const scope of world.scopes)
    for (const key of world.uniqueKeys) await ask(`key ${scope} ${key}`, read.recordByKey({ scope, key }))
  for (const ref of world.recordIds) await ask(`holds ${ref}`, read.holds(ref))
  for (const kind of world.workKinds) {
    for (const parent of world.parents) await ask(`works ${kind} ${parent}`, read.works({ kind, parent }))
    for (const account of world.accounts) await ask(`ranks ${kind} ${account}`, read.ranks({ kind, account }))
    await ask(`due ${kind}`, read.nextDue({ kinds: [kind], takeoverMs: 5 }))
  }
  await ask('messages', sorted(read.messages(world.messages)))
  for (const message of world.messages) await ask(`events ${message}`, read.events(message))
  for (const account of world.accounts) {
    await ask(
      `messages of ${account}`,
      paged((page) => read.messagesPage({ account, ...page })),
    )
    await ask(
      `of a task ${account}`,
      paged((page) => read.messagesPage({ account, task: 'task-0', ...page })),
    )
    for (const kind of world.blockKinds)
      await ask(
        `blocks ${kind} ${account}`,
        paged((page) => read.blocksPage({ kind, account, ...page })),
      )
    for (const cube of world.cubes) {
      const filter = { cube, account, from: 0, to: 1e9 }
      await ask(`tallies ${cube} ${account}`, sorted(read.tallies(filter)))
      await ask(`tallies within ${cube} ${account}`, sorted(read.tallies({ ...filter, from: 1, to: 695e6, by: [] })))
      await ask(`tallies of a task ${cube} ${account}`, sorted(read.tallies({ ...filter, tasks: ['task-0'] })))
      for (const group of groups)
        await ask(`tallies ${cube} ${account} ${group.as}`, sorted(read.tallies({ ...filter, ...group.by })))
    }
    for (const kinds of [...world.eventKinds.map((kind) => [kind]), world.eventKinds]) {
      const filter = { kinds, account, from: 0, to: 1e9 }
      for (const group of groups)
        await ask(`people ${kinds} ${account} ${group.as}`, sorted(read.people({ ...filter, ...group.by })))
    }
    for (const [at, filter] of eventFilters.entries())
      await ask(
        `events of ${account} ${at}`,
        paged((page) => read.eventsPage({ account, kinds: world.eventKinds, ...filter, ...page })),
      )
    await ask(`mail queued of ${account}`, sorted(read.queuedMails({ kinds: world.workKinds, account })))
    await ask(
      `some blocks of ${account}`,
      paged((page) => read.blocksPage({ kind: 'reject', account, scope: '', contains: 'b@', from: t0, ...page })),
    )
    for (const times of blockTimes)
      await ask(
        `blocks of ${account} ${JSON.stringify(times)}`,
        paged((page) => read.blocksPage({ kind: 'invalid', account, ...times, ...page })),
      )
  }
  await ask('blocks', sorted(read.blocks(world.mailboxes)))
  for (const scope of world.domains)
    for (const day of world.days) await ask(`quota ${scope} ${day}`, read.quota({ scope, day }))
  for (const group of world.groups)
    for (const generation of world.generations) {
      const keys = world.mailboxes
      await ask(`known ${group} ${generation}`, sorted(read.knownKeys({ group, generation, keys })))
      for (const lane of world.lanes)
        for (const from of [0, 2]) {
          const range = { group, generation, lane, from, to: 9 }
          await ask(`rows ${lane} ${generation} ${from}`, read.recipients(range))
          await ask(`domains ${lane} ${generation} ${from}`, sorted(read.recipientDomains(range)))
        }
    }
  await ask('epochs', read.epochs(world.epochs))
  return plain(answers)
}

/** The value as JSON with its members in order, so that only what it says is compared. */
export const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([name, member]): [string, unknown] => [name, plain(member)])
  return inOrder(members, ([name]) => name)
}
