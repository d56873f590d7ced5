import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { storageConformance, storageModelCase, storageMutants } from '@mailwright/conformance'
import type { Storage } from '@mailwright/core'
import { describe, expect, it } from 'vitest'

const runner = { describe, it, expect }

storageConformance({ runner, create: async () => memoryStorage() })
storageModelCase({ runner, create: async () => memoryStorage(), runs: 200 })

/** Runs the suite on its own, outside the test runner, and answers the ids of the cases that fail. */
const failingCases = async (make: (storage: Storage) => Storage): Promise<readonly string[]> => {
  const cases: { readonly id: string; readonly body: () => Promise<void> | void }[] = []
  storageConformance({
    runner: { describe: (_, body) => body(), it: (id, body) => cases.push({ id, body }), expect },
    create: async () => make(memoryStorage()),
  })
  const failed: string[] = []
  for (const { id, body } of cases) {
    try {
      await body()
    } catch {
      failed.push(id)
    }
  }
  return failed
}

describe('mutants of the storage', () => {
  for (const mutant of storageMutants) {
    it(`${mutant.name}: ${mutant.wrong}: fails exactly its named cases`, async () => {
      expect(await failingCases(mutant.make)).toEqual(mutant.fails)
    })
  }

  it('the right storage fails none', async () => {
    expect(await failingCases((storage) => storage)).toEqual([])
  })
})
