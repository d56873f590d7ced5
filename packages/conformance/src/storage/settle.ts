import type { CellKey, Change, Observation, Storage } from '@mailwright/core'
import { aBlock, aCell, aMessage, anEvent, aWork, bit, firstSeen, hour, seen, t0 } from './builders.js'
import { claimOf, later, mustApply, mustClaim, type StorageCase } from './case.js'

const settle = (...items: readonly Observation[]): Change => ({ type: 'settle', shard: 0, items })
const bucket = aCell().bucket

/** The counters that are not 0, of all cells together. */
const counts = async (storage: Storage): Promise<Record<string, number>> => {
  const tallies = await storage.read.tallies({ cube: 'sender', account: 'acme', from: 0, to: 2e12 })
  const sums: Record<string, number> = {}
  for (const { counts: each } of tallies)
    for (const [name, count] of Object.entries(each)) if (count !== 0) sums[name] = (sums[name] ?? 0) + count
  return sums
}

export const settleCases: readonly StorageCase[] = [
  {
    id: 'storage/settle/insert-once',
    run: async ({ storage, expect }) => {
      const outcomes = await mustApply(storage, [settle(firstSeen('msg-1'), firstSeen('msg-1'))])
      expect(outcomes).toEqual([{ type: 'bulk', lost: [1] }])
      expect(await mustApply(storage, [settle(firstSeen('msg-1'))])).toEqual([{ type: 'bulk', lost: [0] }])
      const row = { ...aMessage(), facts: 0b11, attempt: 1, lastAt: t0, lastReply: '250 ok' }
      expect(await storage.read.messages(['msg-1'])).toEqual([row])
      expect(await counts(storage)).toEqual({ accepted: 1, handedOver: 1 })
    },
  },
  {
    id: 'storage/settle/inserted-facts-count',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [settle(seen({ insert: aMessage({ facts: 0b1 }), facts: 0b1 }))])
      await mustApply(storage, [settle(seen({ message: 'b', insert: aMessage({ id: 'b', facts: 0b1001 }) }))])
      expect(await counts(storage)).toEqual({ accepted: 2, delivered: 1 })
    },
  },
  {
    id: 'storage/settle/lost-item-spares-others',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [settle(firstSeen('b'))])
      const outcomes = await mustApply(storage, [settle(firstSeen('a'), firstSeen('b'), firstSeen('c'))])
      expect(outcomes).toEqual([{ type: 'bulk', lost: [1] }])
      expect((await storage.read.messages(['a', 'b', 'c'])).length).toBe(3)
      expect(await counts(storage)).toEqual({ accepted: 3, handedOver: 3 })
    },
  },
  {
    id: 'storage/settle/unknown-message-leaves-no-trace',
    run: async ({ storage, expect }) => {
      const early = seen({ event: anEvent(), raw: 'opens', facts: bit('opened'), block: aBlock(), work: aWork() })
      expect(await mustApply(storage, [settle(early)])).toEqual([{ type: 'bulk', lost: [0] }])
      expect(await storage.read.events('msg-1')).toEqual([])
      expect(await counts(storage)).toEqual({})
      expect(await storage.read.blocks(['ann@example.org'])).toEqual([])
      await mustApply(storage, [settle(firstSeen('msg-1'), early)])
      expect(await counts(storage)).toEqual({ accepted: 1, handedOver: 1, opened: 1, opens: 1 })
    },
  },
  {
    id: 'storage/settle/late-bit-counted-once',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [settle(firstSeen('msg-1'))])
      const delivered = seen({ facts: 0b1010 })
      expect(await mustApply(storage, [settle(delivered)])).toEqual([{ type: 'bulk', lost: [] }])
      expect(await mustApply(storage, [settle(delivered)])).toEqual([{ type: 'bulk', lost: [0] }])
      await mustApply(storage, [settle(seen({ facts: 0b1 | bit('complained') }))])
      expect((await storage.read.messages(['msg-1']))[0]?.facts).toBe(0b1011 | bit('complained'))
      expect(await counts(storage)).toEqual({ accepted: 1, handedOver: 1, delivered: 1, complained: 1 })
    },
  },
  {
    id: 'storage/settle/later-attempt-is-taken-over',
    run: async ({ storage, expect }) => {
      const message = async () => (await storage.read.messages(['msg-1']))[0]
      const deferred = firstSeen('msg-1', { facts: 0b101, reply: '451 later' })
      await mustApply(storage, [settle(deferred)])
      const second = seen({ attempt: 2, at: later(9), reply: '250 ok', facts: 0b10 })
      await mustApply(storage, [settle(second)])
      const stale = seen({ attempt: 1, at: later(99), reply: 'stale', facts: 0b1000 })
      await mustApply(storage, [settle(stale)])
      const row = await message()
      expect([row?.attempt, row?.lastAt, row?.lastReply]).toEqual([2, later(9), '250 ok'])
      expect(row?.facts).toBe(0b1111)
      const third = seen({ attempt: 3, reply: 'again', facts: 0 })
      expect(await mustApply(storage, [settle(third)])).toEqual([{ type: 'bulk', lost: [] }])
      expect((await message())?.attempt).toBe(3)
    },
  },
  {
    id: 'storage/settle/counts-in-the-bucket-of-its-insert',
    run: async ({ storage, expect }) => {
      const cubes = ['sender', 'recipient', 'live', 'day'] as const
      const cellsAt = (at: number) => cubes.map((cube) => aCell({ cube, bucket: at }))
      const first = firstSeen('msg-1', { insert: aMessage({ bucket }), cells: cellsAt(bucket) })
      const open = (key: string) => anEvent({ key, sentAt: bucket + hour })
      const again = { cells: cellsAt(bucket + hour), raw: 'opens' } as const
      await mustApply(storage, [settle(first, seen({ ...again, event: open('same bundle') }))])
      await mustApply(storage, [settle(seen({ ...again, attempt: 2, facts: 0b1000, event: open('later') }))])
      const where = async (cube: CellKey['cube']) => {
        const tallies = await storage.read.tallies({ cube, account: 'acme', from: 0, to: 2e12 })
        return tallies.map(({ cell, counts: each }) => [cell.bucket - bucket, each.delivered, each.opens]).sort()
      }
      expect(await where('sender')).toEqual([[0, 1, 2]])
      expect(await where('recipient')).toEqual([[0, 1, 2]])
      expect(await where('live')).toEqual([
        [0, 0, 0],
        [hour, 1, 2],
      ])
      expect(await where('day')).toEqual(await where('live'))
      const rows = await storage.read.events('msg-1')
      expect(rows.map(({ sentAt }) => sentAt)).toEqual([bucket, bucket])
      expect((await storage.read.messages(['msg-1']))[0]?.bucket).toBe(bucket)
    },
  },
  {
    id: 'storage/settle/hangs-on-item',
    run: async ({ storage, expect }) => {
      const hung = (n: number) => ({ block: aBlock({ key: `k${n}` }), work: aWork({ id: `w${n}` }) })
      await mustApply(storage, [settle(firstSeen('a', hung(1)))])
      await mustApply(storage, [settle(firstSeen('a', hung(2)), firstSeen('b', hung(3)), firstSeen('c', hung(3)))])
      expect((await storage.read.blocks(['k1', 'k2', 'k3'])).map((row) => row.key).sort()).toEqual(['k1', 'k3'])
      const works = await storage.read.works({ kind: 'chunk', parent: 'run-1' })
      expect(works.map((row) => row.key)).toEqual(['w1', 'w3'])
    },
  },
  {
    id: 'storage/settle/truth-needs-no-lease',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [{ type: 'work.put', items: [aWork()] }])
      await mustClaim(storage)
      await storage.claim(claimOf({ now: later(70), token: 'token-2' }))
      const advance = { type: 'work.advance', id: 'work-1', token: 'token-1', watch: [] } as const
      const outcomes = await mustApply(storage, [
        settle(firstSeen('msg-1')),
        { ...advance, startedThrough: 1, leaseUntil: later(99) },
      ])
      expect(outcomes).toEqual([
        { type: 'bulk', lost: [] },
        { type: 'advanced', held: false, epochs: [] },
      ])
      expect((await storage.read.messages(['msg-1'])).length).toBe(1)
      expect(await counts(storage)).toEqual({ accepted: 1, handedOver: 1 })
    },
  },
]
