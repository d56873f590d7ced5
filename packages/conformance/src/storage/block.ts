import type { BlockFilter, BlockRow, Change, Observation } from '@mailwright/core'
import { aBlock, firstSeen, t0 } from './builders.js'
import { allPages, later, mustApply, type StorageCase } from './case.js'

const named = (rows: readonly BlockRow[]) => rows.map((row) => `${row.kind} ${row.account} ${row.scope} ${row.key}`)

export const blockCases: readonly StorageCase[] = [
  {
    id: 'storage/block/upsert-and-lookup',
    run: async ({ storage, expect }) => {
      const first = aBlock()
      await mustApply(storage, [{ type: 'block.put', items: [first, aBlock({ account: 'beta' })] }])
      const longer = aBlock({ endsAt: later(60), reason: '5.2.1', startsAt: later(1), createdAt: later(1) })
      await mustApply(storage, [
        { type: 'block.put', items: [longer, aBlock({ key: '@example.org', kind: 'custom' })] },
      ])
      const found = await storage.read.blocks(['ann@example.org', '@example.org', 'nobody@example.org'])
      expect(named(found).sort()).toEqual([
        'custom acme  @example.org',
        'invalid acme  ann@example.org',
        'invalid beta  ann@example.org',
      ])
      expect(found.find((row) => row.account === 'acme' && row.kind === 'invalid')).toEqual(longer)
      expect(await storage.read.blocks([])).toEqual([])
    },
  },
  {
    id: 'storage/block/drop-one-row',
    run: async ({ storage, expect }) => {
      const reject = aBlock({ kind: 'reject', scope: 'mail.shop.example' })
      await mustApply(storage, [{ type: 'block.put', items: [reject, { ...reject, scope: 'b.example' }, aBlock()] }])
      await mustApply(storage, [{ type: 'block.drop', items: [reject, aBlock({ key: 'absent' })] }])
      expect(named(await storage.read.blocks(['ann@example.org'])).sort()).toEqual([
        'invalid acme  ann@example.org',
        'reject acme b.example ann@example.org',
      ])
      await mustApply(storage, [{ type: 'block.put', items: [reject] }])
      expect((await storage.read.blocks(['ann@example.org'])).length).toBe(3)
    },
  },
  {
    id: 'storage/block/page-by-key',
    run: async ({ storage, expect }) => {
      const keys = ['b', 'a', 'Z', 'z', '@a', 'aa']
      const scopes = ['s2', 's1'].map((scope) => aBlock({ kind: 'reject', key: 'a', scope }))
      const items = [...keys.map((key) => aBlock({ key })), ...scopes, aBlock({ key: 'c', account: 'beta' })]
      await mustApply(storage, [{ type: 'block.put', items }])
      const pages = (kind: BlockRow['kind']) =>
        allPages((cursor) =>
          storage.read.blocksPage({ kind, account: 'acme', limit: 2, ...(cursor === undefined ? {} : { cursor }) }),
        )
      expect((await pages('invalid')).map((row) => row.key)).toEqual(['@a', 'Z', 'a', 'aa', 'b', 'z'])
      const rejects = await storage.read.blocksPage({ kind: 'reject', account: 'acme', limit: 1 })
      const rest = await storage.read.blocksPage({
        kind: 'reject',
        account: 'acme',
        limit: 1,
        cursor: rejects.next ?? '',
      })
      expect([...rejects.items, ...rest.items].map((row) => row.scope).sort()).toEqual(['s1', 's2'])
    },
  },
  {
    id: 'storage/block/page-filters',
    run: async ({ storage, expect }) => {
      const items = ['ann@a.example', 'Ann@a.example', 'bob@100%.example', 'bob_x@a.example', '@a.example'].map(
        (key, at) => aBlock({ key, createdAt: t0 + at, scope: at % 2 === 0 ? 's' : '', kind: 'reject' }),
      )
      await mustApply(storage, [{ type: 'block.put', items: [...items, aBlock({ key: 'ann@a.example' })] }])
      const found = async (filter: Partial<BlockFilter>) =>
        (
          await allPages((cursor) => {
            const page = cursor === undefined ? {} : { cursor }
            return storage.read.blocksPage({ kind: 'reject', account: 'acme', limit: 1, ...filter, ...page })
          })
        ).map(({ createdAt }) => createdAt - t0)
      expect(await found({})).toEqual([4, 1, 0, 2, 3])
      expect(await found({ contains: 'ann@' })).toEqual([0])
      expect(await found({ contains: '%' })).toEqual([2])
      expect(await found({ contains: '_' })).toEqual([3])
      expect(await found({ contains: '' })).toEqual([4, 1, 0, 2, 3])
      expect(await found({ scope: 's' })).toEqual([4, 0, 2])
      expect(await found({ scope: '', contains: '@a.' })).toEqual([1, 3])
      expect(await found({ from: t0 + 1, to: t0 + 3 })).toEqual([1, 2])
      expect(await found({ from: t0 + 2, scope: 's', contains: 'bob' })).toEqual([2])
    },
  },
  {
    id: 'storage/block/later-end-stays',
    run: async ({ storage, expect }) => {
      const until = (end: number | null, given: Partial<BlockRow> = {}) =>
        aBlock({ endsAt: end === null ? null : later(end), reason: `until ${end}`, ...given })
      const put = (unlessLater: boolean, ...items: readonly BlockRow[]): Change => ({
        type: 'block.put',
        items,
        unlessLater,
      })
      const drop: Change = { type: 'block.drop', items: [aBlock()] }
      const reasonAfter = async (...changes: readonly Change[]) => {
        await mustApply(storage, changes)
        return (await storage.read.blocks(['ann@example.org'])).map(({ reason }) => reason)
      }
      expect(await reasonAfter(put(true, until(60)))).toEqual(['until 60'])
      expect(await reasonAfter(put(true, until(59)))).toEqual(['until 60'])
      expect(await reasonAfter(put(true, until(60, { reason: 'again' })))).toEqual(['until 60'])
      expect(await reasonAfter(put(true, until(61), until(30)))).toEqual(['until 61'])
      expect(await reasonAfter(put(false, until(10)))).toEqual(['until 10'])
      expect(await reasonAfter(put(false, until(5)), put(true, until(4)))).toEqual(['until 5'])
      expect(await reasonAfter(put(false, until(5)), put(true, until(7)))).toEqual(['until 7'])
      expect(await reasonAfter(put(true, until(3)), put(false, until(2)))).toEqual(['until 2'])
      expect(await reasonAfter(put(true, until(null)))).toEqual(['until null'])
      expect(await reasonAfter(put(true, until(90), until(null, { reason: 'again' })))).toEqual(['until null'])
      expect(await reasonAfter(drop, put(true, until(1)))).toEqual(['until 1'])
      expect(await reasonAfter(put(true, until(2)), drop)).toEqual([])
    },
  },
  {
    id: 'storage/block/settled-in-any-order',
    run: async ({ storage, expect }) => {
      const bounce = (n: number, end: number) =>
        firstSeen(`msg-${n}`, { block: aBlock({ endsAt: later(end), reason: `bounce ${n}` }) })
      const settle = (...items: readonly Observation[]): Change => ({ type: 'settle', shard: 0, items })
      await mustApply(storage, [settle(bounce(2, 20))])
      await mustApply(storage, [settle(bounce(1, 10))])
      const reasons = async () => (await storage.read.blocks(['ann@example.org'])).map(({ reason }) => reason)
      expect(await reasons()).toEqual(['bounce 2'])
      await mustApply(storage, [settle(bounce(4, 40), bounce(3, 30))])
      expect(await reasons()).toEqual(['bounce 4'])
    },
  },
  {
    id: 'storage/block/page-by-time',
    run: async ({ storage, expect }) => {
      const items = [
        aBlock({ key: 'a', startsAt: later(0), endsAt: later(10) }),
        aBlock({ key: 'b', startsAt: later(5), endsAt: later(11) }),
        aBlock({ key: 'c', startsAt: later(6), endsAt: null }),
      ]
      await mustApply(storage, [{ type: 'block.put', items }])
      const found = async (filter: Partial<BlockFilter>) =>
        (await storage.read.blocksPage({ kind: 'invalid', account: 'acme', limit: 9, ...filter })).items.map(
          ({ key }) => key,
        )
      expect(await found({ startsFrom: later(5), startsTo: later(6) })).toEqual(['b'])
      expect(await found({ endsFrom: later(11) })).toEqual(['b', 'c'])
      expect(await found({ endsTo: later(11) })).toEqual(['a'])
      expect(await found({ endsFrom: later(10), endsTo: later(12), startsTo: later(5) })).toEqual(['a'])
    },
  },
]
