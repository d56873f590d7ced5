import type { BlockRow } from '@mailwright/core'
import { aBlock } from './builders.js'
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
]
