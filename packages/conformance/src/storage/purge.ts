import type { Change, PurgedRows, Storage } from '@mailwright/core'
import { aCell, aMessage, anEvent, firstSeen, hour, seen, t0 } from './builders.js'
import { applyOne, idsOf, mustApply, race, type StorageCase } from './case.js'

const purge = (rows: PurgedRows, before: number, limit: number): Change => ({ type: 'purge', rows, before, limit })
const purged = async (storage: Storage, ...given: Parameters<typeof purge>): Promise<number> => {
  const [outcome] = await mustApply(storage, [purge(...given)])
  if (outcome?.type !== 'counted') throw new Error('purge answered no count')
  return outcome.count
}
const accounts = ['acme', 'beta'] as const

/** Seven messages of two accounts, each with an event of the same instant, put in no order. */
const fill = async (storage: Storage): Promise<void> => {
  const times = [3, 0, 6, 1, 5, 2, 4]
  const items = times.map((time) => {
    const [id, account, at] = [`m${time}`, accounts[time % 2] ?? '', t0 + time]
    const insert = aMessage({ id, account, acceptedAt: at })
    const bucket = time * hour
    const cells = [aCell({ account, bucket }), aCell({ account, bucket, cube: 'live' })]
    return firstSeen(id, { insert, event: anEvent({ key: `e${time}`, message: id, account, at }), cells })
  })
  // Two applies and several shards, as from several flushes.
  await mustApply(storage, [{ type: 'settle', shard: 1, items: items.slice(0, 3) }])
  await mustApply(storage, [{ type: 'settle', shard: 2, items: items.slice(3) }])
  const again = items.map(({ message, cells }) => seen({ message, facts: 1 << 3, cells }))
  await mustApply(storage, [{ type: 'settle', shard: 3, items: again }])
}

const left = async (storage: Storage) => {
  const all = { from: 0, to: 2e12 }
  const ids: string[] = []
  const keys: string[] = []
  const buckets: number[] = []
  const live: number[] = []
  for (const account of accounts) {
    ids.push(...idsOf((await storage.read.messagesPage({ account, limit: 99 })).items))
    keys.push(...(await storage.read.eventsPage({ account, kinds: ['open'], limit: 99 })).items.map(({ key }) => key))
    for (const { cell } of await storage.read.tallies({ cube: 'sender', account, ...all }))
      buckets.push(cell.bucket / hour)
    for (const { cell } of await storage.read.tallies({ cube: 'live', account, ...all })) live.push(cell.bucket / hour)
  }
  return { ids: ids.sort(), keys: keys.sort(), buckets: buckets.sort(), live: live.sort() }
}
const from = (prefix: string, first: number) => [0, 1, 2, 3, 4, 5, 6].slice(first).map((n) => `${prefix}${n}`)
const numbers = [0, 1, 2, 3, 4, 5, 6]

export const purgeCases: readonly StorageCase[] = [
  {
    id: 'storage/purge/oldest-events-of-all-accounts',
    run: async ({ storage, expect }) => {
      await fill(storage)
      expect(await purged(storage, 'events', t0 + 5, 2)).toBe(2)
      expect((await left(storage)).keys).toEqual(from('e', 2))
      expect(await purged(storage, 'events', t0 + 5, 9)).toBe(3)
      expect(await purged(storage, 'events', t0 + 5, 9)).toBe(0)
      expect(await left(storage)).toEqual({ ids: from('m', 0), keys: ['e5', 'e6'], buckets: numbers, live: numbers })
    },
  },
  {
    id: 'storage/purge/oldest-messages-with-their-events',
    run: async ({ storage, expect }) => {
      await fill(storage)
      const more = [1, 2, 3].map((n) =>
        seen({ message: 'm0', event: anEvent({ key: `late${n}`, message: 'm0', at: t0 + 99 }) }),
      )
      await mustApply(storage, [{ type: 'settle', shard: 0, items: more }])
      expect(await purged(storage, 'messages', t0 + 4, 3)).toBe(3)
      expect([(await left(storage)).ids, (await left(storage)).keys]).toEqual([from('m', 3), from('e', 3)])
      expect(await purged(storage, 'messages', t0 + 4, 3)).toBe(1)
      expect(await left(storage)).toEqual({ ids: from('m', 4), keys: from('e', 4), buckets: numbers, live: numbers })
      expect(await storage.read.events('m0')).toEqual([])
      expect((await storage.read.messages(['m0', 'm4'])).length).toBe(1)
      const pages = await storage.read.messagesPage({ account: 'acme', recipientKey: 'ann@example.org', limit: 9 })
      expect(idsOf(pages.items)).toEqual(['m6', 'm4'])
      expect(idsOf((await storage.read.messagesPage({ account: 'acme', origin: 'run-1', limit: 9 })).items)).toEqual([
        'm6',
        'm4',
      ])
    },
  },
  {
    id: 'storage/purge/cells-whole',
    run: async ({ storage, expect }) => {
      await fill(storage)
      expect(await purged(storage, 'tallies.sender', 3 * hour, 2)).toBe(2)
      expect(await left(storage)).toEqual({
        ids: from('m', 0),
        keys: from('e', 0),
        buckets: numbers.slice(2),
        live: numbers,
      })
      const two = { cube: 'sender', account: 'acme', from: 2 * hour, to: 3 * hour } as const
      const [cell] = await storage.read.tallies(two)
      expect([cell?.counts.accepted, cell?.counts.delivered]).toEqual([1, 1])
      expect(await purged(storage, 'tallies.sender', 3 * hour, 2)).toBe(1)
      expect(await purged(storage, 'tallies.live', 9 * hour, 99)).toBe(7)
      const { buckets, live } = await left(storage)
      expect([buckets, live]).toEqual([numbers.slice(3), []])
    },
  },
  {
    id: 'storage/purge/in-the-order-of-changes',
    run: async ({ storage, expect }) => {
      const settle: Change = { type: 'settle', shard: 0, items: [firstSeen('m', { event: anEvent({ message: 'm' }) })] }
      const clear = [purge('tallies.sender', 2e12, 9), purge('events', 2e12, 9), purge('messages', 2e12, 9)]
      const outcomes = await mustApply(storage, [settle, ...clear, settle, purge('messages', t0, 9)])
      const counted = (count: number) => ({ type: 'counted', count })
      const won = { type: 'bulk', lost: [] }
      expect(outcomes).toEqual([won, counted(1), counted(1), counted(1), won, counted(0)])
      expect(idsOf(await storage.read.messages(['m']))).toEqual(['m'])
      expect((await storage.read.events('m')).length).toBe(1)
      const [cell] = await storage.read.tallies({ cube: 'sender', account: 'acme', from: 0, to: 2e12 })
      expect(cell?.counts.accepted).toBe(1)
    },
  },
  {
    id: 'storage/purge/never-leaves-events-of-a-message-that-is-gone',
    run: async ({ storage, expect }) => {
      for (let round = 0; round < 10; round += 1) {
        const ids = [0, 1, 2, 3].map((n) => `m${round}-${n}`)
        await mustApply(storage, [{ type: 'settle', shard: 0, items: ids.map((id) => firstSeen(id)) }])
        const events = ids.map((message) =>
          seen({ message, event: anEvent({ key: `e ${message}`, message }), raw: 'opens' }),
        )
        const results = await race(4, (racer) =>
          applyOne(storage, [
            racer % 2 === 0
              ? purge('messages', t0 + 1, 3)
              : { type: 'settle', shard: racer, items: racer === 1 ? events : [...events].reverse() },
          ]),
        )
        const counts = results.flatMap((result) => (result.applied ? result.outcomes : []))
        expect(counts.reduce((sum, one) => sum + (one.type === 'counted' ? one.count : 0), 0)).toBe(4)
        expect(await storage.read.messages(ids)).toEqual([])
        for (const id of ids) expect(await storage.read.events(id)).toEqual([])
      }
    },
  },
]
