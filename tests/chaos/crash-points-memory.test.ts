import { memoryStorage } from '@mailwright/adapters/storage/memory'
import type { Change, Storage } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { play } from './crash-sweep.js'
import { batch, cappedBatch, importFile, recurringTask, regularSend, triggerSend, unsubscribe } from './flows.js'
import { proven } from './proven.js'
import { aWorld } from './stage.js'
import { visits } from './tracked-flow.js'

const onMemory = () => aWorld(memoryStorage)

describe('F0: a process that dies before or after any call, on memory', { timeout: 120_000 }, () => {
  it('REL-1, REL-2, REL-3: a trigger send reaches everybody once it was answered, and nobody twice but for the kill', async () =>
    proven(await onMemory(), triggerSend, 'die'))

  it('REL-1, REL-2, REL-3: so does a regular send', async () => proven(await onMemory(), regularSend, 'die'))

  it('REL-1, REL-2, REL-3: a batch ends done, and its figures are those of the ledger', async () =>
    proven(await onMemory(), batch, 'die'))

  it('REL-1, REL-3, TSK-6: a batch over two days passes the limit of neither', async () =>
    proven(await onMemory(), cappedBatch, 'die'))

  it('TSK-5: a recurring task fires each occurrence once', async () => proven(await onMemory(), recurringTask, 'die'))

  it('TSK-5: so it does where a call fails', async () => proven(await onMemory(), recurringTask, 'fail'))

  it('GRP-4: an import is whole or not there', async () => proven(await onMemory(), importFile, 'die'))

  it('REL-5: who has unsubscribed is counted once and gets nothing more', async () =>
    proven(await onMemory(), unsubscribe, 'die'))

  it('TRK-1, STA-2: an open and a click that were stored are counted, each once', async () =>
    proven(await onMemory(), visits, 'die'))
})

/** A storage that says yes and leaves out some changes. */
const forgetful = (forgets: (change: Change) => boolean): Storage => {
  const storage = memoryStorage()
  return {
    ...storage,
    apply: (bundles) =>
      storage.apply(bundles.map((one) => ({ ...one, changes: one.changes.filter((change) => !forgets(change)) }))),
  }
}

describe('the sweep itself', () => {
  it('finds a mail that is accepted and forgotten', async () => {
    const world = await aWorld(() =>
      forgetful((change) => change.type === 'work.put' && change.items.some(({ kind }) => kind === 'send')),
    )
    const { problems } = await play(world, triggerSend, null)
    expect(problems.some((problem) => problem.startsWith('lost: 4'))).toBe(true)
  })

  it('finds a day that is granted more than it has', async () => {
    const world = await aWorld(() => forgetful((change) => change.type === 'quota.take' && change.count < 100))
    const { problems } = await play(world, cappedBatch, null)
    expect(problems.some((problem) => problem.startsWith('more than 33 recipients a day'))).toBe(true)
  })
})
