import { memoryStorage } from '@mailwright/adapters/storage/memory'
import {
  failuresOf,
  recordingRunner,
  storageConformance,
  storageModelCase,
  storageMutants,
} from '@mailwright/conformance'
import type { Bundle, Clock, Json, Storage } from '@mailwright/core'
import { describe, expect, it } from 'vitest'

const runner = { describe, it, expect }

storageConformance({ runner, create: async () => memoryStorage() })
storageModelCase({ runner, create: async () => memoryStorage(), runs: 100 })

const failingCases = async (make: (storage: Storage) => Storage): Promise<readonly string[]> => {
  const recording = recordingRunner()
  storageConformance({ runner: recording.runner, create: async () => make(memoryStorage()) })
  return failuresOf(await recording.run())
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

  it('the plain model finds each of them too', async () => {
    for (const mutant of storageMutants) {
      const recording = recordingRunner()
      const create = async () => mutant.make(memoryStorage())
      storageModelCase({ runner: recording.runner, create, runs: 300, seed: 1, shrink: false })
      expect([mutant.name, failuresOf(await recording.run()).length]).toEqual([mutant.name, 1])
    }
  })
})

describe('memory storage', () => {
  it('answers the time of the clock it was given', async () => {
    const clock: Clock = { now: () => 42, sleepUntil: async () => undefined }
    expect(await memoryStorage({ clock }).time()).toBe(42)
  })

  it('refuses a cursor it has not made', async () => {
    for (const cursor of ['', 'nonsense', 'e30', 'WzEsMl0'])
      await expect(
        memoryStorage().read.records({ kind: 'domain', order: 'oldest', limit: 1, cursor }),
      ).rejects.toMatchObject({ code: 'INPUT_INVALID', details: { field: 'cursor' } })
  })

  it('hands out nothing that a caller could change, and keeps nothing a caller can', async () => {
    const storage = memoryStorage()
    const data = { list: [{ a: 1 }] }
    const record = { kind: 'k', account: 'a', id: 'i', parent: '', name: '', state: '', createdAt: 0, data }
    await storage.apply([{ guards: [], changes: [{ type: 'record.put', record, expect: 'absent' }] }])
    const stored = await storage.read.record({ kind: 'k', account: 'a', id: 'i' })
    expect(stored?.data).not.toBe(data)
    expect([stored, stored?.data, stored?.data.list].every((value) => Object.isFrozen(value))).toBe(true)
  })

  it('applies nothing of a call whose values cannot be stored', async () => {
    const storage = memoryStorage()
    const cyclic: { [key: string]: Json } = {}
    cyclic.self = cyclic
    const record = { kind: 'k', account: 'a', id: 'i', parent: '', name: '', state: '', createdAt: 0, data: cyclic }
    const bump: Bundle = { guards: [], changes: [{ type: 'epoch.bump', keys: ['e'] }] }
    const bad: Bundle = { guards: [], changes: [{ type: 'record.put', record, expect: 'absent' }] }
    await expect(storage.apply([bump, bad])).rejects.toMatchObject({ code: 'ADAPTER_FAILED' })
    expect(await storage.read.epochs(['e'])).toEqual([0])
  })
})
