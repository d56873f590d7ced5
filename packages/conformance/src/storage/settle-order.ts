import type { EventRow, MessageRow, Observation, Storage, Tally } from '@mailwright/core'
import { aCell, aMessage, anEvent, bit, firstSeen, hour, seen, t0 } from './builders.js'
import { later, mustApply, type StorageCase } from './case.js'

const permutations = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  items.length <= 1
    ? [items]
    : items.flatMap((item, at) =>
        permutations([...items.slice(0, at), ...items.slice(at + 1)]).map((rest) => [item, ...rest]),
      )

const renamed = (item: Observation, message: string, task: string): Observation => ({
  ...item,
  message,
  insert: item.insert && { ...item.insert, id: message, task },
  event: item.event && { ...item.event, message, key: `${message} ${item.event.key}` },
  cells: item.cells.map((cell) => ({ ...cell, task })),
})

const opened = { raw: 'opens', facts: bit('opened') | bit('humanOpened') } as const
const inserted = aMessage({ bucket: t0 - (t0 % hour) })

/** Every one can insert the message: which comes first must not matter. */
const story: readonly Observation[] = [
  firstSeen('msg-1', { insert: inserted, facts: 0b101, attempt: 1, reply: '451 later' }),
  seen({ insert: inserted, facts: 0b1011, attempt: 2, at: later(9), reply: '250 ok' }),
  seen({ insert: inserted, event: anEvent({ key: 'open-1', at: later(20) }), ...opened }),
  seen({ insert: inserted, event: anEvent({ key: 'open-2', at: later(30) }), ...opened }),
]

interface Told {
  readonly messages: readonly MessageRow[]
  readonly events: readonly EventRow[]
  readonly tallies: readonly Tally[]
}

const told = async (storage: Storage, message: string, task: string): Promise<Told> => {
  const plain = (text: string) => text.replace(`${message} `, '')
  const messages = await storage.read.messages([message])
  const events = await storage.read.events(message)
  const tallies = await storage.read.tallies({ cube: 'sender', account: 'acme', from: 0, to: 2e12, tasks: [task] })
  return {
    messages: messages.map((row) => ({ ...row, id: '', task: '' })),
    events: events.map((row) => ({ ...row, message: '', key: plain(row.key) })),
    tallies: tallies.map(({ cell, counts }) => ({ cell: { ...cell, task: '' }, counts })),
  }
}

export const settleOrderCases: readonly StorageCase[] = [
  {
    id: 'storage/settle/any-order-same-numbers',
    run: async ({ storage, expect }) => {
      const orders = permutations(story)
      const first: Told[] = []
      for (const [index, order] of orders.entries()) {
        const [message, task] = [`m${index}`, `t${index}`]
        // Each twice: a repetition, too, may come at any time.
        for (const item of [...order, ...order]) {
          const items = [renamed(item, message, task)]
          await mustApply(storage, [{ type: 'settle', shard: index % 16, items }])
        }
        const now = await told(storage, message, task)
        if (first[0] === undefined) first.push(now)
        else expect(now).toEqual(first[0])
      }
      const row = first[0]?.messages[0]
      expect([row?.attempt, row?.lastReply, row?.bucket]).toEqual([2, '250 ok', t0 - (t0 % hour)])
      const counts = first[0]?.tallies[0]?.counts
      expect([counts?.accepted, counts?.deferred, counts?.delivered, counts?.humanOpened]).toEqual([1, 1, 1, 1])
      expect(counts?.opens).toBe(2)
    },
  },
  {
    id: 'storage/settle/replayed-event-changes-nothing',
    run: async ({ storage, expect }) => {
      const open = seen({ event: anEvent({ detail: { agent: 'x' } }), ...opened })
      await mustApply(storage, [{ type: 'settle', shard: 0, items: [firstSeen('msg-1'), open] }])
      const before = await told(storage, 'msg-1', 'task-1')
      const altered = {
        ...open,
        at: later(5),
        event: anEvent({ at: later(5) }),
        cells: [aCell(), aCell({ task: 'x' })],
      }
      const outcomes = await mustApply(storage, [{ type: 'settle', shard: 3, items: [open, altered] }])
      expect(outcomes).toEqual([{ type: 'bulk', lost: [0, 1] }])
      expect(await told(storage, 'msg-1', 'task-1')).toEqual(before)
      expect(await told(storage, 'msg-1', 'x')).toEqual({ ...before, tallies: [] })
    },
  },
  {
    id: 'storage/settle/new-event-known-bits',
    run: async ({ storage, expect }) => {
      const open = (key: string) => seen({ event: anEvent({ key }), ...opened })
      await mustApply(storage, [{ type: 'settle', shard: 0, items: [firstSeen('msg-1'), open('b'), open('a')] }])
      const { events, tallies } = await told(storage, 'msg-1', 'task-1')
      expect(events.map((event) => event.key)).toEqual(['a', 'b'])
      expect([tallies[0]?.counts.opened, tallies[0]?.counts.opens]).toEqual([1, 2])
    },
  },
]
