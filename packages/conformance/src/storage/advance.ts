import { aWork } from './builders.js'
import { claimOf, later, mustApply, mustClaim, type StorageCase } from './case.js'

const advance = (startedThrough: number, seconds: number, watch: readonly string[] = []) =>
  ({ type: 'work.advance', id: 'work-1', token: 'token-1', startedThrough, leaseUntil: later(seconds), watch }) as const

export const advanceCases: readonly StorageCase[] = [
  {
    id: 'storage/advance/returns-epochs',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [{ type: 'work.put', items: [aWork()] }])
      await mustClaim(storage)
      await mustApply(storage, [{ type: 'epoch.bump', keys: ['task-1', 'acme', 'task-1'] }])
      const outcomes = await mustApply(storage, [
        advance(100, 90, ['acme', 'never', 'task-1']),
        { type: 'epoch.bump', keys: ['acme'] },
        advance(200, 90, ['acme']),
      ])
      expect(outcomes[0]).toEqual({ type: 'advanced', held: true, epochs: [1, 0, 2] })
      expect(outcomes[2]).toEqual({ type: 'advanced', held: true, epochs: [2] })
      expect(await storage.read.epochs(['never', 'acme'])).toEqual([0, 2])
    },
  },
  {
    id: 'storage/advance/renews-and-raises',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [{ type: 'work.put', items: [aWork()] }])
      await mustClaim(storage)
      await mustApply(storage, [advance(250, 90)])
      expect(await storage.claim(claimOf({ now: later(94), token: 'rival' }))).toEqual([])
      const [work] = await storage.read.works({ kind: 'chunk', parent: 'run-1' })
      expect([work?.startedThrough, work?.leaseUntil, work?.attempt]).toEqual([250, later(90), 1])
    },
  },
  {
    id: 'storage/advance/never-takes-back',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [{ type: 'work.put', items: [aWork()] }])
      await mustClaim(storage)
      await mustApply(storage, [advance(500, 90)])
      await mustApply(storage, [advance(250, 80)])
      const [work] = await storage.read.works({ kind: 'chunk', parent: 'run-1' })
      expect([work?.startedThrough, work?.leaseUntil]).toEqual([500, later(90)])
    },
  },
]
