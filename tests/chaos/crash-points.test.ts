import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { pglite } from '@mailwright/adapters/storage/postgres'
import type { Storage } from '@mailwright/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { play, sweep } from './crash-sweep.js'
import { batch, cappedBatch, type Flow, importFile, regularSend, triggerSend, unsubscribe } from './flows.js'
import { aWorld } from './stage.js'

async function proven(storage: Storage, flow: Flow, stride?: number): Promise<void> {
  const { points, broken } = await sweep(await aWorld(storage), flow, stride)
  console.log(`crash points, ${storage.name}, ${flow.name}: ${points}`)
  expect(broken).toEqual([])
  expect(points).toBeGreaterThan(10)
}

describe('a process that dies before or after any call, on memory', { timeout: 60_000 }, () => {
  it('REL-1, REL-2, REL-3: a trigger send reaches everybody once it was answered, and nobody twice but for the kill', () =>
    proven(memoryStorage(), triggerSend))

  it('REL-1, REL-2, REL-3: a regular send does', () => proven(memoryStorage(), regularSend))

  it('REL-1, REL-2, REL-3: a batch ends done, its figures and the ledger agree', () => proven(memoryStorage(), batch))

  it('REL-1, REL-3, TSK-6: a batch over two days never passes the limit of one', () =>
    proven(memoryStorage(), cappedBatch))

  it('GRP-4: an import is whole or not there', () => proven(memoryStorage(), importFile))

  it('REL-5: who has unsubscribed is counted once and gets nothing more', () => proven(memoryStorage(), unsubscribe))
})

describe('a process that dies on PGlite, before or after every 29th call of a batch and every 3rd of the rest', () => {
  let folder = ''
  let storage: Storage = memoryStorage()

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mailwright-chaos-'))
    storage = pglite(folder)
  }, 30_000)

  afterAll(async () => {
    await storage.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('REL-1, REL-2, REL-3: a trigger send', { timeout: 60_000 }, () => proven(storage, triggerSend, 5))
})
