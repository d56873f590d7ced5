import type { Change, Storage } from '@mailwright/core'
import { aMessage, anEvent, aRow, firstSeen, seen } from './builders.js'
import { applyOne, idsOf, mustApply, race, type StorageCase } from './case.js'

const [ann, gone] = ['ann@example.org', 'gone-1']
const erase: Change = { type: 'erase', account: 'acme', recipientKey: ann, tombstone: gone }
const settled = (id: string, given = {}) => {
  const insert = aMessage({ id, ...given })
  const { account, recipientKey: person } = insert
  const event = anEvent({ key: `e ${id}`, message: id, account, person, detail: { reply: 'no Ann here' } })
  return firstSeen(id, { insert, reply: '550 no Ann here', event })
}
const everything = async (storage: Storage, ids: readonly string[]): Promise<string> => {
  const messages = await storage.read.messages(ids)
  const events = await Promise.all(ids.map((id) => storage.read.events(id)))
  return JSON.stringify({ messages, events })
}

export const eraseCases: readonly StorageCase[] = [
  {
    id: 'storage/erase/messages-and-events-of-one-person',
    run: async ({ storage, expect }) => {
      const bob = { mailbox: 'bob@example.org', recipientKey: 'bob@example.org' }
      const items = [settled('a'), settled('b'), settled('c', bob), settled('d', { account: 'beta' })]
      await mustApply(storage, [{ type: 'settle', shard: 0, items }])
      const others = await everything(storage, ['c', 'd'])
      expect(await mustApply(storage, [erase])).toEqual([{ type: 'counted', count: 2 }])
      expect(await mustApply(storage, [erase])).toEqual([{ type: 'counted', count: 0 }])
      const [a] = await storage.read.messages(['a'])
      expect(a).toEqual({
        ...aMessage({ id: 'a' }),
        mailbox: gone,
        recipientKey: gone,
        facts: 0b11,
        attempt: 1,
        lastReply: '',
        lastAt: a?.lastAt,
        bucket: a?.bucket,
      })
      expect((await storage.read.events('a')).map(({ person, detail }) => [person, detail])).toEqual([[gone, {}]])
      expect(/ann/i.test(await everything(storage, ['a', 'b']))).toBe(false)
      expect(await everything(storage, ['c', 'd'])).toBe(others)
      const found = async (recipientKey: string) =>
        idsOf((await storage.read.messagesPage({ account: 'acme', recipientKey, limit: 9 })).items)
      expect([await found(ann), await found(gone)]).toEqual([[], ['b', 'a']])
      const filter = { account: 'acme', kinds: ['open'], limit: 9 }
      expect((await storage.read.eventsPage({ ...filter, person: ann })).items).toEqual([])
      expect((await storage.read.eventsPage({ ...filter, person: gone })).items.length).toBe(2)
      const [tally] = await storage.read.tallies({ cube: 'sender', account: 'acme', from: 0, to: 2e12 })
      expect(tally?.counts.accepted).toBe(4)
    },
  },
  {
    id: 'storage/erase/only-what-was-accepted-before',
    run: async ({ storage, expect }) => {
      const items = [10, 20, 30].map((acceptedAt) => settled(`m${acceptedAt}`, { acceptedAt }))
      await mustApply(storage, [{ type: 'settle', shard: 0, items }])
      expect(await mustApply(storage, [{ ...erase, acceptedBefore: 20 }])).toEqual([{ type: 'counted', count: 1 }])
      expect(/ann/i.test(await everything(storage, ['m10']))).toBe(false)
      const page = { account: 'acme', recipientKey: ann, limit: 9 }
      expect(idsOf((await storage.read.messagesPage(page)).items)).toEqual(['m30', 'm20'])
      expect((await storage.read.events('m20')).map(({ person }) => person)).toEqual([ann])
      expect(await mustApply(storage, [{ ...erase, acceptedBefore: 31 }])).toEqual([{ type: 'counted', count: 2 }])
      expect(/ann/i.test(await everything(storage, ['m10', 'm20', 'm30']))).toBe(false)
    },
  },
  {
    id: 'storage/erase/late-event-gets-the-tombstone',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [{ type: 'settle', shard: 0, items: [settled('a')] }, erase])
      const late = anEvent({ key: 'late', message: 'a', person: ann, detail: { to: ann } })
      const knowing = anEvent({ key: 'knowing', message: 'a', person: gone, detail: { ip: 'x' } })
      const items = [late, knowing].map((event) => seen({ message: 'a', event, raw: 'opens' }))
      expect(await mustApply(storage, [{ type: 'settle', shard: 0, items }])).toEqual([{ type: 'bulk', lost: [] }])
      const events = (await storage.read.events('a')).map(({ key, person, detail }) => [key, person, detail])
      expect(events).toEqual([
        ['e a', gone, {}],
        ['knowing', gone, { ip: 'x' }],
        ['late', gone, {}],
      ])
      await mustApply(storage, [{ ...erase, recipientKey: gone }])
      expect((await everything(storage, ['a'])).includes('"ip"')).toBe(false)
    },
  },
  {
    id: 'storage/erase/raced-by-events',
    run: async ({ storage, expect }) => {
      for (let round = 0; round < 10; round += 1) {
        const ids = [0, 1, 2].map((n) => `m${round}-${n}`)
        await mustApply(storage, [{ type: 'settle', shard: 0, items: ids.map((id) => settled(id)) }])
        await race(5, (racer) => {
          const items = ids.map((message) => {
            const event = anEvent({ key: `${racer} ${message}`, message, person: ann, detail: { to: ann } })
            return seen({ message, event })
          })
          if (racer % 2 === 1) items.reverse()
          return applyOne(storage, [racer === 2 ? erase : { type: 'settle', shard: racer, items }])
        })
        for (const id of ids) expect((await storage.read.events(id)).length).toBe(5)
        expect(/ann/i.test(await everything(storage, ids))).toBe(false)
      }
    },
  },
  {
    id: 'storage/erase/recipients-keep-their-places',
    run: async ({ storage, expect }) => {
      const rows = [
        aRow(0, { values: ['Ann', 'x'] }),
        aRow(1, { mailbox: 'Ann@example.org', key: ann, values: ['Ann \ufeff \u0000', '\ud800'] }),
        aRow(0, { lane: 'lane-b', mailbox: ann, key: ann, values: [] }),
      ]
      const append = { type: 'recipients.append', group: 'g', rows } as const
      await mustApply(storage, [
        { ...append, generation: 1 },
        { ...append, generation: 2 },
      ])
      await mustApply(storage, [{ type: 'recipients.erase', group: 'g', generation: 1, key: ann, tombstone: gone }])
      const read = async (generation: number, lane: string) =>
        storage.read.recipients({ group: 'g', generation, lane, from: 0, to: 9 })
      const erased = { mailbox: gone, key: gone }
      expect(await read(1, 'lane-a')).toEqual([rows[0], { ...rows[1], ...erased, values: ['', ''] }])
      expect(await read(1, 'lane-b')).toEqual([{ ...rows[2], ...erased }])
      expect([await read(2, 'lane-a'), await read(2, 'lane-b')]).toEqual([rows.slice(0, 2), rows.slice(2)])
      const known = (generation: number) => storage.read.knownKeys({ group: 'g', generation, keys: [ann, gone] })
      expect([await known(1), await known(2)]).toEqual([[gone], [ann]])
      await mustApply(storage, [{ ...append, generation: 1 }])
      expect((await read(1, 'lane-a'))[1]?.key).toBe(gone)
    },
  },
]
