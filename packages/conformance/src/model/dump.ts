import type { Page, StorageReads } from '@mailwright/core'
import { allPages } from '../storage/case.js'
import { inOrder } from './rows.js'
import { world } from './world.js'

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
      const filter = { cube, account, from: 0, to: 4e6 }
      await ask(`tallies ${cube} ${account}`, sorted(read.tallies(filter)))
      await ask(`tallies of a task ${cube} ${account}`, sorted(read.tallies({ ...filter, task: 'task-0' })))
    }
  }
  await ask('blocks', sorted(read.blocks(world.mailboxes)))
  for (const scope of world.domains)
    for (const day of world.days) await ask(`quota ${scope} ${day}`, read.quota({ scope, day }))
  for (const group of world.groups)
    for (const generation of world.generations) {
      const keys = world.mailboxes
      await ask(`known ${group} ${generation}`, sorted(read.knownKeys({ group, generation, keys })))
      for (const lane of world.lanes)
        await ask(`rows ${lane} ${generation}`, read.recipients({ group, generation, lane, from: 0, to: 9 }))
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
