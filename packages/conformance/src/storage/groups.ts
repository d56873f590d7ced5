import {
  type CellKey,
  COUNTERS,
  type Dimension,
  type DimensionFilter,
  type Observation,
  type PeopleFilter,
  type Storage,
  type TallyFilter,
} from '@mailwright/core'
import { aCell, aMessage, anEvent, firstSeen, hour } from './builders.js'
import { mustApply, type StorageCase } from './case.js'

/*
 * The adapter's grouping against one done here by hand. The dimensions vary independently of each other, and two of the names differ
 * only in case or accent.
 */
const [domains, templates] = [
  ['a.example', 'A.example'],
  ['', 'tpl-é'],
]
const [recipientDomains, tasks] = [
  ['x.example', 'xn--é.example', ''],
  ['', 'task-1', 'task-2'],
]
const all: readonly Dimension[] = ['bucket', 'domain', 'recipientDomain', 'template', 'task']
const pick = <T>(values: readonly T[], n: number): T => values[n % values.length] as T

const cellOf = (n: number): CellKey =>
  aCell({
    cube: 'recipient',
    bucket: (n % 7) * hour,
    domain: pick(domains, n),
    recipientDomain: pick(recipientDomains, n >> 1),
    template: pick(templates, n >> 2),
    task: pick(tasks, n >> 3),
  })

/** Sixty mails with an event each; each of five people gets twelve of them. */
const items: readonly Observation[] = Array.from({ length: 60 }, (_, n) => {
  const [id, cell, person] = [`m${n}`, cellOf(n), `p${n % 5}`]
  const { bucket: sentAt, domain, recipientDomain, template, task } = cell
  const event = anEvent({ key: `e${n}`, message: id, person, sentAt, domain, recipientDomain, template, task })
  const insert = aMessage({ id, mailbox: person, recipientKey: person })
  return firstSeen(id, { insert, facts: n % 2 === 0 ? 0b11 : 0b1011, cells: [cell], event, raw: 'opens' })
})
const fill = async (storage: Storage): Promise<void> => {
  for (const shard of [0, 1, 2, 3])
    await mustApply(storage, [{ type: 'settle', shard, items: items.filter((_, n) => n % 4 === shard) }])
}

const questions: readonly Omit<DimensionFilter, 'account'>[] = [
  {},
  { by: [] },
  ...all.map((one) => ({ by: [one] })),
  { by: ['task', 'bucket'] },
  { by: all, edges: [0, 2 * hour, 5 * hour] },
  { by: ['bucket'], edges: [hour, hour + 1, 4 * hour - 1, 4 * hour] },
  { by: ['bucket', 'domain'], edges: [3 * hour] },
  { by: ['bucket'], edges: [] },
  { by: ['domain'], edges: [2 * hour] },
  { edges: [-5, 6 * hour, 99 * hour] },
  { domains: ['A.example'], by: ['domain'] },
  { recipientDomains: ['', 'xn--é.example'], by: ['recipientDomain', 'template'] },
  { templates: ['tpl-é'] },
  { tasks: ['', 'task-2'], by: ['task'] },
  { domains: ['a.example'], recipientDomains: ['x.example'], templates: [''], tasks: ['task-1'], by: [] },
  { domains: [] },
  { templates: [], by: [] },
  { tasks: ['nobody'], by: [] },
  { anyOf: [], by: [] },
  { anyOf: [{}], by: ['task'] },
  { anyOf: [{ tasks: ['task-1'] }, { domains: ['A.example'], exceptTasks: ['task-1', 'task-2'] }] },
  { anyOf: [{ exceptDomains: ['a.example'], exceptTasks: [''] }], templates: ['tpl-é'], by: ['domain', 'task'] },
  {
    anyOf: [
      { exceptDomains: [], tasks: [] },
      { domains: [], exceptTasks: [] },
    ],
  },
]

const edgeOf = (bucket: number, edges: readonly number[]): number =>
  edges.length === 0 ? bucket : (edges.filter((edge) => edge <= bucket).at(-1) ?? edges[0] ?? 0)

const groupOf = ({ by = all, edges = [] }: Omit<DimensionFilter, 'account'>, cell: CellKey): string =>
  all
    .map((one) => {
      const value = one === 'bucket' ? edgeOf(cell.bucket, edges) : cell[one]
      return by.includes(one) ? value : one === 'bucket' ? 0 : ''
    })
    .join('|')

const isAsked = (question: Omit<DimensionFilter, 'account'>, cell: CellKey): boolean =>
  (question.domains?.includes(cell.domain) ?? true) &&
  (question.recipientDomains?.includes(cell.recipientDomain) ?? true) &&
  (question.templates?.includes(cell.template) ?? true) &&
  (question.tasks?.includes(cell.task) ?? true) &&
  (question.anyOf?.some(
    ({ domains: of = [cell.domain], tasks: from = [cell.task], exceptDomains = [], exceptTasks = [] }) =>
      of.includes(cell.domain) &&
      from.includes(cell.task) &&
      !exceptDomains.includes(cell.domain) &&
      !exceptTasks.includes(cell.task),
  ) ??
    true)

/** Group → the items in it, of those sent in hours 1 to 5. */
const byHand = (question: Omit<DimensionFilter, 'account'>): Map<string, readonly Observation[]> => {
  const groups = new Map<string, readonly Observation[]>()
  for (const [n, item] of items.entries()) {
    const cell = cellOf(n)
    if (cell.bucket < hour || cell.bucket >= 6 * hour || !isAsked(question, cell)) continue
    const group = groupOf(question, cell)
    groups.set(group, [...(groups.get(group) ?? []), item])
  }
  return groups
}
const named = (cell: Pick<CellKey, Dimension>): string => all.map((one) => cell[one]).join('|')
const sorted = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).sort()
const range = { account: 'acme', from: hour, to: 6 * hour }

export const groupCases: readonly StorageCase[] = [
  {
    id: 'storage/groups/tallies-as-regrouped-by-hand',
    run: async ({ storage, expect }) => {
      await fill(storage)
      for (const question of questions) {
        const filter: TallyFilter = { cube: 'recipient', ...range, ...question }
        const tallies = await storage.read.tallies(filter)
        const expected = [...byHand(question)].map(([group, mails]) => {
          const delivered = mails.filter(({ facts }) => facts === 0b1011).length
          return [group, mails.length, delivered, mails.length]
        })
        const found = tallies.map(({ cell, counts }) => [named(cell), counts.accepted, counts.delivered, counts.opens])
        expect(sorted(found)).toEqual(sorted(expected))
        for (const { cell, counts } of tallies)
          expect([cell.cube, cell.account, Object.keys(counts).length]).toEqual(['recipient', 'acme', COUNTERS.length])
      }
    },
  },
  {
    id: 'storage/groups/people-once-in-each-group',
    run: async ({ storage, expect }) => {
      await fill(storage)
      for (const question of questions) {
        const filter: PeopleFilter = { kinds: ['none', 'open'], ...range, ...question }
        const people = await storage.read.people(filter)
        const expected = [...byHand(question)].map(([group, mails]) => [
          group,
          new Set(mails.map(({ event }) => event?.person)).size,
        ])
        expect(sorted(people.map(({ cell, people: count }) => [named(cell), count]))).toEqual(sorted(expected))
      }
      expect(await storage.read.people({ ...range, kinds: ['click'] })).toEqual([])
      expect(await storage.read.people({ ...range, kinds: ['open'], account: 'beta', by: [] })).toEqual([])
    },
  },
]
