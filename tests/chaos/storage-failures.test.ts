import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { fromPg } from '@mailwright/adapters/storage/postgres'
import { MailError, type Storage } from '@mailwright/core'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { needs, urlOf } from '../servers/needs.js'
import { batch, cappedBatch, importFile, regularSend, triggerSend, unsubscribe } from './flows.js'
import { proven } from './proven.js'
import { aWorld, SENDER } from './stage.js'
import { visits } from './tracked-flow.js'

const onMemory = () => aWorld(memoryStorage)

describe('F0: a storage that fails once, before or after any call, on memory', { timeout: 120_000 }, () => {
  it('REL-1, REL-4: a trigger send throws and is repeated, and nobody gets it twice', async () =>
    proven(await onMemory(), triggerSend, 'fail'))

  it('REL-1, REL-4: so it is with a regular send', async () => proven(await onMemory(), regularSend, 'fail'))

  it('REL-1: a batch goes on by itself and ends done', async () => proven(await onMemory(), batch, 'fail'))

  it('REL-1, TSK-6: a batch over two days passes the limit of neither, whatever is stored twice', async () =>
    proven(await onMemory(), cappedBatch, 'fail'))

  it('GRP-4: an import is whole or not there, and can be repeated', async () =>
    proven(await onMemory(), importFile, 'fail'))

  it('REL-5: who has unsubscribed is counted once', async () => proven(await onMemory(), unsubscribe, 'fail'))

  it('TRK-1, STA-2: an open and a click wait until they can be stored, and are counted once', async () =>
    proven(await onMemory(), visits, 'fail'))
})

const message = { from: SENDER, to: 'ann@readers.example', template: 'welcome', variables: { name: 'Ann' } }

describe('a storage that is away', () => {
  it('REL-4: send throws, nothing is stored, and nothing is sent when it is back', async () => {
    let away = false
    const storage = memoryStorage()
    const apply: Storage['apply'] = async (bundles) => {
      if (away) throw new MailError('STORAGE_UNAVAILABLE', { adapter: 'memory' })
      return storage.apply(bundles)
    }
    const world = await aWorld(() => ({ ...storage, apply }))
    const mail = await world.boot(null)
    away = true
    await expect(mail.send(message)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE', kind: 'adapter' })
    const calls = Array.from({ length: 50 }, () => mail.sendRegular(message))
    for (const { status } of await Promise.allSettled(calls)) expect(status).toBe('rejected')
    away = false
    await mail.tick()
    expect(world.receiver.copies).toEqual([])
    expect((await mail.deliveries.messages()).items).toEqual([])
    await mail.send(message)
    await mail.tick()
    expect(world.receiver.copies).toHaveLength(1)
  })
})

needs('postgres')('a Postgres that is away', () => {
  it('REL-4: send throws when the connections are gone, and nothing is sent by a process that still has some', async () => {
    const schema = `chaos_away_${process.pid}_${Date.now()}`
    const pools = Array.from({ length: 2 }, () => new pg.Pool({ connectionString: urlOf('postgres'), max: 2 }))
    const [gone, kept] = pools
    if (gone === undefined || kept === undefined) throw new Error('two pools')
    let pool = gone
    const open = () => fromPg(pool, { schema })
    const world = await aWorld(open)
    const mail = await world.boot(null)
    await gone.end()
    await expect(mail.send(message)).rejects.toMatchObject({ kind: 'adapter' })
    pool = kept
    const other = await (await aWorld(open)).boot(null)
    await other.tick()
    expect(world.receiver.copies).toEqual([])
    expect((await other.deliveries.messages()).items).toEqual([])
    await kept.query(`drop schema ${schema} cascade`)
    await kept.end()
  })
})
