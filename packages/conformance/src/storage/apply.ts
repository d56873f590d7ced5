import { aBlock, aRecord, aRow, aWork, firstSeen } from './builders.js'
import { applyOne, bundle, mustApply, refusalOf, type StorageCase } from './case.js'

const day = { scope: 'mail.shop.example', day: '2025-06-15' }

export const applyCases: readonly StorageCase[] = [
  {
    id: 'storage/apply/all-or-none',
    run: async ({ storage, expect }) => {
      const result = await applyOne(
        storage,
        [
          { type: 'record.put', record: aRecord(), expect: 'absent', keys: [{ scope: '', key: 'k' }] },
          { type: 'slot', key: 'slots', by: 1, limit: 1 },
          { type: 'hold', kind: 'domain', account: 'acme', ref: 'dom-1', by: 'task-1', on: true },
          { type: 'window.take', keys: ['w'], at: 10, windowMs: 10, limit: 1 },
          { type: 'work.put', items: [aWork()] },
          { type: 'settle', shard: 0, items: [firstSeen('msg-1', { block: aBlock(), work: aWork({ id: 'w-2' }) })] },
          { type: 'block.put', items: [aBlock({ key: 'bob@example.org' })] },
          { type: 'epoch.bump', keys: ['e'] },
          { type: 'recipients.append', group: 'g', generation: 1, rows: [aRow(0)] },
          { type: 'quota.take', ...day, count: 6, ceiling: 10 },
          { type: 'quota.take', ...day, count: 6, ceiling: 10 },
        ],
        [{ type: 'once', account: 'acme', key: 'idem', bodyHash: 'h', now: 10, until: 20, answer: 1 }],
      )
      expect(result).toEqual({
        applied: false,
        refusal: { type: 'quota', ...day, granted: 6, ceiling: 10, blocked: false },
      })
      const { read } = storage
      expect(await read.record({ kind: 'domain', account: 'acme', id: 'dom-1' })).toEqual(null)
      expect(await read.recordByKey({ scope: '', key: 'k' })).toEqual(null)
      expect(await read.holds('dom-1')).toEqual([])
      expect(await read.quota(day)).toEqual(null)
      expect(await read.works({ kind: 'chunk', parent: 'run-1' })).toEqual([])
      expect(await read.messages(['msg-1'])).toEqual([])
      expect(await read.blocks(['ann@example.org', 'bob@example.org'])).toEqual([])
      expect(await read.tallies({ cube: 'sender', account: 'acme', from: 0, to: 2e12 })).toEqual([])
      expect(await read.epochs(['e'])).toEqual([0])
      expect(await read.knownKeys({ group: 'g', generation: 1, keys: ['u0@example.org'] })).toEqual([])
      const again = await refusalOf(
        storage,
        [
          { type: 'slot', key: 'slots', by: 1, limit: 1 },
          { type: 'window.take', keys: ['w'], at: 10, windowMs: 10, limit: 1 },
          { type: 'record.put', record: aRecord(), expect: 'absent' },
        ],
        [{ type: 'once', account: 'acme', key: 'idem', bodyHash: 'h', now: 10, until: 20, answer: 1 }],
      )
      expect(again).toBe('applied')
    },
  },
  {
    id: 'storage/apply/refusal-leaves-quota',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [{ type: 'quota.take', ...day, count: 1, ceiling: 10 }])
      const refused = await refusalOf(storage, [
        { type: 'quota.take', ...day, count: 5, ceiling: 10 },
        { type: 'slot', key: 'full', by: 1, limit: 0 },
      ])
      expect(refused).toBe('slot-full')
      expect((await storage.read.quota(day))?.granted).toBe(1)
    },
  },
  {
    id: 'storage/apply/bundles-answer-one-by-one',
    run: async ({ storage, expect }) => {
      const results = await storage.apply([
        bundle([{ type: 'slot', key: 'a', by: 1, limit: 1 }]),
        bundle([{ type: 'slot', key: 'a', by: 1, limit: 1 }]),
        bundle([{ type: 'epoch.bump', keys: ['e'] }]),
        bundle([]),
      ])
      expect(results).toEqual([
        { applied: true, outcomes: [{ type: 'done' }] },
        { applied: false, refusal: { type: 'slot-full', key: 'a', limit: 1 } },
        { applied: true, outcomes: [{ type: 'done' }] },
        { applied: true, outcomes: [] },
      ])
      expect(await storage.read.epochs(['e'])).toEqual([1])
    },
  },
  {
    id: 'storage/apply/later-bundle-sees-earlier',
    run: async ({ storage, expect }) => {
      const results = await storage.apply([
        bundle([{ type: 'record.put', record: aRecord(), expect: 'absent' }]),
        bundle(
          [{ type: 'record.put', record: aRecord({ state: 'verified' }), expect: 1 }],
          [{ type: 'present', kind: 'domain', account: 'acme', id: 'dom-1', version: 1 }],
        ),
      ])
      expect(results.map((result) => result.applied)).toEqual([true, true])
      expect((await storage.read.record({ kind: 'domain', account: 'acme', id: 'dom-1' }))?.version).toBe(2)
    },
  },
  {
    id: 'storage/apply/changes-in-order',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [{ type: 'quota.take', ...day, count: 10, ceiling: 10 }])
      const outcomes = await mustApply(storage, [
        { type: 'quota.return', ...day, count: 4 },
        { type: 'quota.take', ...day, count: 3, ceiling: 10 },
        { type: 'record.put', record: aRecord(), expect: 'absent' },
        { type: 'hold', kind: 'domain', account: 'acme', ref: 'dom-1', by: 'task-1', on: true },
        { type: 'work.put', items: [aWork(), aWork()] },
      ])
      expect(outcomes[4]).toEqual({ type: 'bulk', lost: [1] })
      expect((await storage.read.quota(day))?.granted).toBe(9)
      expect(await storage.read.holds('dom-1')).toEqual(['task-1'])
    },
  },
  {
    id: 'storage/apply/guards-before-changes',
    run: async ({ storage, expect }) => {
      const full = { type: 'slot', key: 'full', by: 1, limit: 0 } as const
      expect(await refusalOf(storage, [full], [{ type: 'present', kind: 'd', account: 'a', id: 'x' }])).toBe('absent')
    },
  },
]
