import { isMailError } from '@mailwright/core'
import { aRecord, aWork, firstSeen } from './builders.js'
import { claimOf, mustApply, type StorageCase } from './case.js'

const where = { kind: 'domain', account: 'acme', id: 'dom-1' }
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => error,
  )

export const lifeCases: readonly StorageCase[] = [
  {
    id: 'storage/migrate/again-and-at-once',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [{ type: 'record.put', record: aRecord(), expect: 'absent' }])
      await Promise.all([storage.migrate(), storage.migrate(), storage.migrate()])
      expect((await storage.read.record(where))?.version).toBe(1)
    },
  },
  {
    id: 'storage/time/is-epoch-milliseconds',
    run: async ({ storage, expect }) => {
      const first = await storage.time()
      const second = await storage.time()
      expect(Number.isInteger(first) && first > 1e11 && second >= first).toBe(true)
    },
  },
  {
    id: 'storage/close/further-calls-reject',
    run: async ({ storage, expect }) => {
      await storage.close()
      const bump = { guards: [], changes: [{ type: 'epoch.bump', keys: ['e'] } as const] }
      const calls = [() => storage.apply([bump]), () => storage.claim(claimOf()), () => storage.read.epochs(['e'])]
      for (const call of calls) expect(isMailError(await failure(call()))).toBe(true)
    },
  },
]

const once = { type: 'once', account: 'acme', key: 'k', bodyHash: 'h', now: 1, until: 2, answer: 7 } as const
const slot = { type: 'slot', key: 's', by: 1, limit: 1 } as const

export const restartCases: readonly StorageCase[] = [
  {
    id: 'storage/restart/keeps-or-forgets-as-declared',
    run: async ({ storage, expect, reopen }) => {
      const { durable } = storage.capabilities
      await mustApply(
        storage,
        [
          { type: 'record.put', record: aRecord(), expect: 'absent' },
          { type: 'work.put', items: [aWork()] },
          { type: 'settle', shard: 0, items: [firstSeen('msg-1')] },
          slot,
        ],
        [once],
      )
      await storage.claim(claimOf())
      const again = await reopen(storage)
      const record = await again.read.record(where)
      const messages = await again.read.messages(['msg-1'])
      const [work] = await again.read.works({ kind: 'chunk', parent: 'run-1' })
      expect([record?.version, messages.length, work?.token]).toEqual(
        durable ? [1, 1, 'token-1'] : [undefined, 0, undefined],
      )
      const results = await again.apply([
        { guards: [once], changes: [] },
        { guards: [], changes: [slot] },
      ])
      expect(results.map((result) => result.applied)).toEqual([!durable, !durable])
    },
  },
]
