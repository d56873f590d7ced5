import { aBlock, aCell, aMessage, aRecord, firstSeen, hour, t0 } from './builders.js'
import { idsOf, mustApply, refusalOf, type StorageCase } from './case.js'

export const accountCases: readonly StorageCase[] = [
  {
    id: 'storage/accounts/never-mix (ACC-2)',
    run: async ({ storage, expect }) => {
      for (const account of ['acme', 'beta']) {
        const id = `dom-${account}`
        const keys = [{ scope: account, key: 'shop' }]
        const insert = aMessage({ id: `msg-${account}`, account })
        const cells = [aCell({ account })]
        await mustApply(storage, [
          { type: 'record.put', record: aRecord({ id, account, name: 'same' }), expect: 'absent', keys },
          { type: 'settle', shard: 0, items: [firstSeen(insert.id, { insert, cells })] },
          { type: 'block.put', items: [aBlock({ account, kind: 'custom' })] },
        ])
      }
      const { read } = storage
      expect(await read.record({ kind: 'domain', account: 'acme', id: 'dom-beta' })).toEqual(null)
      const named = await read.records({ kind: 'domain', account: 'acme', name: 'same', order: 'oldest', limit: 9 })
      expect(idsOf(named.items)).toEqual(['dom-acme'])
      expect((await read.recordByKey({ scope: 'beta', key: 'shop' }))?.id).toBe('dom-beta')
      expect(idsOf((await read.messagesPage({ account: 'beta', limit: 9 })).items)).toEqual(['msg-beta'])
      const someone = await read.messagesPage({ account: 'acme', recipientKey: 'ann@example.org', limit: 9 })
      expect(idsOf(someone.items)).toEqual(['msg-acme'])
      expect((await read.blocksPage({ kind: 'custom', account: 'beta', limit: 9 })).items.length).toBe(1)
      const tallies = await read.tallies({ cube: 'sender', account: 'acme', from: t0 - hour, to: t0 + hour })
      expect(tallies.map(({ counts }) => counts.accepted)).toEqual([1])
    },
  },
  {
    id: 'storage/accounts/no-change-across (ACC-2)',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [{ type: 'record.put', record: aRecord(), expect: 'absent' }])
      const theirs = { kind: 'domain', account: 'beta', id: 'dom-1' }
      const stolen = aRecord({ account: 'beta', state: 'stolen' })
      expect(await refusalOf(storage, [{ type: 'record.put', record: stolen, expect: 1 }])).toBe('absent')
      expect(await refusalOf(storage, [{ type: 'record.put', record: stolen, expect: 'absent' }])).toBe('version')
      expect(await refusalOf(storage, [{ type: 'record.drop', ...theirs }])).toBe('absent')
      expect(await refusalOf(storage, [], [{ type: 'present', ...theirs }])).toBe('absent')
      await mustApply(storage, [{ type: 'block.put', items: [aBlock()] }])
      await mustApply(storage, [{ type: 'block.drop', items: [aBlock({ account: 'beta' })] }])
      expect((await storage.read.blocks(['ann@example.org'])).length).toBe(1)
      const own = await storage.read.record({ kind: 'domain', account: 'acme', id: 'dom-1' })
      expect([own?.state, own?.version]).toEqual(['', 1])
    },
  },
]
