import type { MessageFilter, Page, RecordFilter } from '@mailwright/core'
import { aMessage, aRecord, firstSeen, t0 } from './builders.js'
import { allPages, idsOf, mustApply, type StorageCase } from './case.js'

const name = (index: number): string => `id-${String(index).padStart(3, '0')}`
const at = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor })

/** Twenty-five rows of which several share an instant, put in an order that is neither of the two asked for. */
const places = Array.from({ length: 25 }, (_, index) => (index * 7) % 25).map((index) => ({
  id: name(index),
  time: t0 + Math.floor(index / 4),
}))
const inOrder = places.map((place) => place.id).sort()

export const pageCases: readonly StorageCase[] = [
  {
    id: 'storage/page/records-in-order',
    run: async ({ storage, expect }) => {
      for (const { id, time } of places)
        await mustApply(storage, [{ type: 'record.put', record: aRecord({ id, createdAt: time }), expect: 'absent' }])
      const all = (order: RecordFilter['order'], limit: number, within: Partial<RecordFilter> = {}) => {
        const filter = { kind: 'domain', account: 'acme', order, limit, ...within }
        return allPages((cursor) => storage.read.records({ ...filter, ...at(cursor) }))
      }
      for (const limit of [1, 4, 24, 25, 26]) {
        expect(idsOf(await all('oldest', limit))).toEqual(inOrder)
        expect(idsOf(await all('newest', limit))).toEqual([...inOrder].reverse())
      }
      expect(idsOf(await all('oldest', 3, { from: t0 + 2, to: t0 + 4 }))).toEqual(inOrder.slice(8, 16))
      expect(idsOf(await all('newest', 3, { to: t0 + 1 }))).toEqual(inOrder.slice(0, 4).reverse())
      const last = await storage.read.records({ kind: 'domain', order: 'oldest', limit: 25 })
      expect(last.next).toBe(null)
      const full = await storage.read.records({ kind: 'domain', order: 'oldest', limit: 24 })
      expect([full.items.length, typeof full.next]).toEqual([24, 'string'])
    },
  },
  {
    id: 'storage/page/messages-newest-first',
    run: async ({ storage, expect }) => {
      const items = places.map(({ id, time }) => firstSeen(id, { insert: aMessage({ id, acceptedAt: time }) }))
      await mustApply(storage, [{ type: 'settle', shard: 0, items }])
      const all = (limit: number, filter: Partial<MessageFilter> = {}) =>
        allPages((cursor) => storage.read.messagesPage({ account: 'acme', limit, ...filter, ...at(cursor) }))
      const newest = [...inOrder].reverse()
      for (const limit of [1, 4, 25]) expect(idsOf(await all(limit))).toEqual(newest)
      expect(idsOf(await all(3, { from: t0 + 2, to: t0 + 4 }))).toEqual(newest.slice(9, 17))
      expect(idsOf(await all(3, { task: 'task-1', origin: 'run-1' }))).toEqual(newest)
    },
  },
  {
    id: 'storage/page/no-row-missed-or-doubled',
    run: async ({ storage, expect }) => {
      const put = (id: string, createdAt: number) =>
        mustApply(storage, [{ type: 'record.put', record: aRecord({ id, createdAt }), expect: 'absent' }])
      for (const { id, time } of places) await put(id, time)
      let round = 0
      const walk = async (order: RecordFilter['order']) => {
        const rows = await allPages(async (cursor): Promise<Page<{ readonly id: string }>> => {
          const page = await storage.read.records({ kind: 'domain', order, limit: 4, ...at(cursor) })
          round += 1
          await put(`new-before-${round}`, t0 - round)
          await put(`new-among-${round}`, t0 + 2)
          const last = page.items.at(-1)
          // The row the cursor stands on goes: the next page must not start over.
          if (last?.id.startsWith('new-'))
            await mustApply(storage, [{ type: 'record.drop', kind: 'domain', account: 'acme', id: last.id }])
          return page
        })
        return idsOf(rows)
      }
      for (const order of ['oldest', 'newest'] as const) {
        const ids = await walk(order)
        expect(new Set(ids).size).toBe(ids.length)
        const old = ids.filter((id) => !id.startsWith('new-'))
        expect(old).toEqual(order === 'oldest' ? inOrder : [...inOrder].reverse())
      }
    },
  },
  {
    id: 'storage/page/message-filters',
    run: async ({ storage, expect }) => {
      const rows = [
        aMessage({ id: 'a', task: 'x', origin: 'run-x', recipientKey: 'ann@example.org' }),
        aMessage({ id: 'b', task: 'x', origin: 'run-y', recipientKey: 'bob@example.org' }),
        aMessage({ id: 'c', task: '', origin: 'req-1', recipientKey: 'ann@example.org' }),
        aMessage({ id: 'd', task: 'x', origin: 'run-x', account: 'beta' }),
      ]
      const items = rows.map((insert) => firstSeen(insert.id, { insert }))
      await mustApply(storage, [{ type: 'settle', shard: 0, items }])
      const found = async (filter: Partial<MessageFilter>) =>
        idsOf((await storage.read.messagesPage({ account: 'acme', limit: 9, ...filter })).items)
      expect(await found({})).toEqual(['c', 'b', 'a'])
      expect(await found({ task: 'x' })).toEqual(['b', 'a'])
      expect(await found({ task: '' })).toEqual(['c'])
      expect(await found({ origin: 'run-x' })).toEqual(['a'])
      expect(await found({ recipientKey: 'ann@example.org' })).toEqual(['c', 'a'])
      expect(await found({ recipientKey: 'ann@example.org', task: 'x' })).toEqual(['a'])
      expect(await found({ from: t0 + 1 })).toEqual([])
      expect(await found({ to: t0 })).toEqual([])
      expect([...idsOf(await storage.read.messages(['d', 'nobody', 'b', 'd']))].sort()).toEqual(['b', 'd'])
    },
  },
]
