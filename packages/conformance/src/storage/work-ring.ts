import type { Change, NewWork, Storage, Work } from '@mailwright/core'
import { aWork } from './builders.js'
import { claimOf, idsOf, later, mustApply, type StorageCase } from './case.js'

const put = (items: readonly NewWork[], sooner?: boolean): Change => ({
  type: 'work.put',
  items,
  ...(sooner === undefined ? {} : { sooner }),
})
const rows = (storage: Storage): Promise<readonly Work[]> => storage.read.works({ kind: 'chunk', parent: 'run-1' })
const finish = (id: string, token: string): Change => ({ type: 'work.finish', items: [{ id, token }] })
const _waiting = { token: null, leaseUntil: null, startedThrough: 0, attempt: 0 }

export const workRingCases: readonly StorageCase[] = [
  {
    id: 'storage/work/sooner-rings',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [put([aWork({ dueAt: later(60) })])])
      await mustApply(storage, [put([aWork({ id: 'x', key: 'work-1', dueAt: later(90) })], true)])
      expect((await rows(storage))[0]?.dueAt).toBe(later(60))
      const outcomes = await mustApply(storage, [put([aWork({ id: 'x', key: 'work-1', dueAt: later(30) })], true)])
      expect(outcomes).toEqual([{ type: 'bulk', lost: [0] }])
      expect((await rows(storage))[0]?.dueAt).toBe(later(30))
      expect(idsOf(await storage.claim(claimOf({ now: later(30) })))).toEqual(['work-1'])
    },
  },
  {
    id: 'storage/work/rung-while-leased-comes-back',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [put([aWork({ id: 'a' }), aWork({ id: 'b' }), aWork({ id: 'c' })])])
      await storage.claim(claimOf())
      const ring = [aWork({ id: 'a2', key: 'a', dueAt: later(20) }), aWork({ id: 'b2', key: 'b', dueAt: later(20) })]
      await mustApply(storage, [put(ring, true)])
      await mustApply(storage, [put([aWork({ id: 'a3', key: 'a', dueAt: later(30) })], true)])
      const released = ['b', 'c'].map((id) => ({ id, token: 'token-1', dueAt: later(600) }))
      await mustApply(storage, [finish('a', 'token-1'), { type: 'work.release', items: released }])
      const due = (await rows(storage)).map(({ id, dueAt, token }) => ({ id, dueAt, token }))
      expect(due).toEqual([
        { id: 'a', dueAt: later(20), token: null },
        { id: 'b', dueAt: later(20), token: null },
        { id: 'c', dueAt: later(600), token: null },
      ])
      await storage.claim(claimOf({ now: later(20), token: 'token-2' }))
      const again = ['a', 'b'].map((id) => ({ id, token: 'token-2' }))
      await mustApply(storage, [{ type: 'work.finish', items: again }])
      expect(idsOf(await rows(storage))).toEqual(['c'])
    },
  },
  {
    id: 'storage/work/put-again-rings-not',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [put([aWork()])])
      await storage.claim(claimOf())
      await mustApply(storage, [put([aWork({ id: 'x', key: 'work-1' })]), finish('work-1', 'token-1')])
      expect(await rows(storage)).toEqual([])
    },
  },
]
