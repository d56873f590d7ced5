import { type Change, isMailError, type Storage } from '@mailwright/core'
import { aRecord, aWork, firstSeen } from './builders.js'
import type { Bench, HostTransaction, StorageCase } from './case.js'

const changes: readonly Change[] = [
  { type: 'record.put', record: aRecord({ kind: 'request', id: 'req-1' }), expect: 'absent' },
  { type: 'settle', shard: 0, items: [firstSeen('msg-1')] },
  { type: 'work.put', items: [aWork()] },
]
const stored = async ({ read }: Storage): Promise<readonly number[]> => [
  (await read.messages(['msg-1'])).length,
  (await read.works({ kind: 'chunk', parent: 'run-1' })).length,
  (await read.record({ kind: 'request', account: 'acme', id: 'req-1' }))?.version ?? 0,
]

const rejects = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  )

/** The declared "no" is a promise too: the call is refused and nothing is applied. */
const provesRefusal = async ({ storage, expect }: Bench): Promise<void> => {
  const error = await rejects(storage.apply([{ guards: [], changes }], { tx: {} }))
  expect(isMailError(error, 'NOT_SUPPORTED')).toBe(true)
  expect(await stored(storage)).toEqual([0, 0, 0])
}

const transactionOf = ({ transaction }: Bench): HostTransaction => {
  if (transaction === null) throw new Error('A storage that declares callerTransaction is proved with `transaction`.')
  return transaction
}

export const transactionCases: readonly StorageCase[] = [
  {
    id: 'storage/tx/commits-with-the-host-or-is-refused',
    run: async (bench) => {
      const { storage, expect } = bench
      if (!storage.capabilities.callerTransaction) return provesRefusal(bench)
      await transactionOf(bench)(storage, async (tx) => {
        const [result] = await storage.apply([{ guards: [], changes }], { tx })
        expect(result?.applied).toBe(true)
      })
      expect(await stored(storage)).toEqual([1, 1, 1])
    },
  },
  {
    id: 'storage/tx/rolls-back-with-the-host-or-is-refused',
    run: async (bench) => {
      const { storage, expect } = bench
      if (!storage.capabilities.callerTransaction) return provesRefusal(bench)
      const undone = new Error('the host rolls back')
      const end = transactionOf(bench)(storage, async (tx) => {
        await storage.apply([{ guards: [], changes }], { tx })
        throw undone
      })
      expect(await rejects(end)).toBe(undone)
      expect(await stored(storage)).toEqual([0, 0, 0])
    },
  },
]
