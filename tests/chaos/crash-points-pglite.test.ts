import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pglite } from '@mailwright/adapters/storage/postgres'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { batch, cappedBatch, importFile, recurringTask, regularSend, triggerSend, unsubscribe } from './flows.js'
import { proven } from './proven.js'
import { aWorld, type World } from './stage.js'

/** PGlite takes 15 to 30 times as long as memory, so only some of the points are tried: primes, so that every kind of call comes to its turn. */
describe('F0: a process that dies, on PGlite', { timeout: 120_000 }, () => {
  let folder = ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mailwright-chaos-'))
  })

  afterAll(() => rm(folder, { recursive: true, force: true }))

  /** One database for all; `reopen` closes it after the crash and opens the folder again. */
  const inFolder = async (name: string, run: (world: World) => Promise<void>, reopen = false): Promise<void> => {
    const world = await aWorld(() => pglite(join(folder, name)), { reopen })
    await run(world)
    await world.storage.close()
  }

  it('REL-1, REL-2, REL-3: a trigger send, a regular send (some points)', () =>
    inFolder('sends', async (world) => {
      await proven(world, triggerSend, 'die', 29)
      await proven(world, regularSend, 'die', 13)
    }))

  it('REL-1, REL-2, REL-3, TSK-6: a batch, a batch over two days (some points)', () =>
    inFolder('batches', async (world) => {
      await proven(world, batch, 'die', 41)
      await proven(world, cappedBatch, 'die', 53)
    }))

  it('GRP-4, REL-5: an import (all points), an unsubscribe (some points)', () =>
    inFolder('others', async (world) => {
      await proven(world, importFile, 'die')
      await proven(world, unsubscribe, 'die', 2)
    }))

  it('TSK-5: a recurring task (some points)', () =>
    inFolder('recurring', async (world) => void (await proven(world, recurringTask, 'die', 37))))

  it('REL-1, REL-3: a batch whose folder the next process opens again (some points)', () =>
    inFolder('reopened', async (world) => void (await proven(world, batch, 'die', 79)), true))
})
