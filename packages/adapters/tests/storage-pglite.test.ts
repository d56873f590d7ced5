import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { fromPGlite, pglite } from '@mailwright/adapters/storage/postgres'
import { storageConformance, storageModelCase } from '@mailwright/conformance'
import { isMailError, type Storage } from '@mailwright/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resolvePeer } from '../src/storage/postgres/peer.js'
import { startThread } from '../src/storage/postgres/pglite-thread.js'
import { sqlStorage } from '../src/storage/postgres/storage.js'
import { threadedClient } from '../src/storage/postgres/threaded-client.js'

const runner = { describe, it, expect }
const schema = 'mailwright'
// One database for all cases, emptied in between: making one takes two seconds.
const database = await PGlite.create()
afterAll(() => database.close())

const pgliteFile = resolvePeer('@electric-sql/pglite')
if (pgliteFile === null) throw new Error('no PGlite')
const thread = await startThread({ pglite: pgliteFile, folder: null, onLost: () => undefined })
if (thread === null) throw new Error('no thread')
afterAll(() => thread.close())

interface Place {
  readonly name: string
  readonly open: () => Storage
  readonly tables: (text: string) => Promise<readonly unknown[]>
  readonly script: (text: string) => Promise<unknown>
}

const places: readonly Place[] = [
  {
    name: "pglite in the host's own instance",
    open: () => fromPGlite(database, { schema }),
    tables: async (text) => (await database.query(text)).rows,
    script: (text) => database.exec(text),
  },
  {
    name: 'pglite in a thread',
    open: () =>
      sqlStorage({
        name: 'pglite',
        capabilities: { durable: true, concurrentWriters: false, callerTransaction: false },
        client: threadedClient(thread, async () => undefined),
        options: { schema },
      }),
    tables: (text) => thread.run(text, []),
    script: (text) => thread.run(text, null),
  },
]

describe.each(places)('$name', ({ open, tables, script }) => {
  beforeAll(() => open().migrate())

  const create = async (): Promise<Storage> => {
    const found = await tables(
      `select format('delete from %I.%I;', schemaname, tablename) as emptied from pg_tables
       where schemaname = '${schema}' and tablename <> 'migration'`,
    )
    await script((found as readonly { readonly emptied: string }[]).map(({ emptied }) => emptied).join(''))
    return open()
  }

  storageConformance({
    runner,
    create,
    reopen: async (former) => {
      await former.close()
      return open()
    },
  })
  storageModelCase({ runner, create, runs: 15 })
})

describe('pglite in a folder', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'pglite-')), 'data')
  afterAll(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

  it('opens nothing before its first use, keeps what was stored, and lets one process in at a time', async () => {
    const first = pglite(folder)
    expect(existsSync(folder)).toBe(false)
    await first.migrate()
    const record = { kind: 'k', account: 'a', id: 'r', parent: '', name: '', state: '', createdAt: 1, data: { a: 1 } }
    await first.apply([{ guards: [], changes: [{ type: 'record.put', record, expect: 'absent' }] }])
    const second = pglite(folder)
    const error: unknown = await second.migrate().catch((cause: unknown) => cause)
    expect(isMailError(error, 'STORAGE_IN_USE')).toBe(true)
    await first.close()
    await second.migrate()
    expect(await second.read.record({ kind: 'k', account: 'a', id: 'r' })).toEqual({ ...record, version: 1 })
    await second.close()
  })

  it('F1: a thread that dies fails the open calls with STORAGE_UNAVAILABLE; the next call opens the folder with all that was stored', async () => {
    const workers: Worker[] = []
    const keep = (worker: Worker): void => {
      workers.push(worker)
    }
    process.on('worker', keep)
    const storage = pglite(folder)
    const record = { kind: 'k', account: 'a', id: 'kept', parent: '', name: '', state: '', createdAt: 1, data: {} }
    await storage.migrate()
    await storage.apply([{ guards: [], changes: [{ type: 'record.put', record, expect: 'absent' }] }])
    const open = [storage.time(), storage.read.record({ kind: 'k', account: 'a', id: 'kept' })]
    await workers[0]?.terminate()
    for (const call of await Promise.allSettled(open))
      expect(call.status === 'rejected' && isMailError(call.reason, 'STORAGE_UNAVAILABLE')).toBe(true)
    expect(await storage.read.record({ kind: 'k', account: 'a', id: 'kept' })).toEqual({ ...record, version: 1 })
    expect(workers).toHaveLength(2)
    process.removeListener('worker', keep)
    await storage.close()
  })

  it('runs in the thread of its caller, with a warning, where none of its own can be started', async () => {
    process.once('worker', (worker: Worker) => void worker.terminate())
    const warned = once(process, 'warning')
    const storage = pglite('memory://')
    await storage.migrate()
    expect(await storage.time()).toBeGreaterThan(0)
    expect(await warned).toMatchObject([{ code: 'MAILWRIGHT_PGLITE_IN_PLACE' }])
    await storage.close()
  })

  it('loses what was in memory with the thread, and does not come back empty', async () => {
    const workers: Worker[] = []
    process.once('worker', (worker: Worker) => workers.push(worker))
    const storage = pglite('memory://')
    await storage.migrate()
    await workers[0]?.terminate()
    for (const call of await Promise.allSettled([storage.time(), storage.migrate()]))
      expect(call.status === 'rejected' && isMailError(call.reason, 'STORAGE_UNAVAILABLE')).toBe(true)
    await storage.close()
  })

  it('declares what it is: durable in a folder, not in memory, one process, no transactions of others', () => {
    const one = { concurrentWriters: false, callerTransaction: false }
    expect(pglite(folder).capabilities).toEqual({ durable: true, ...one })
    expect(pglite('memory://').capabilities).toEqual({ durable: false, ...one })
  })
})
