import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { MailError, type Storage } from '@mailwright/core'
import { lazyClient } from './lazy-client.js'
import { importPeer } from './peer.js'
import { type PGliteDatabase, pgliteClient } from './pglite-client.js'
import { type FolderLock, lockFolder } from './pglite-lock.js'
import { type SqlStorageOptions, sqlStorage } from './storage.js'

const inMemory = 'memory://'
const noLock: FolderLock = { release: async () => undefined }

const openPGlite = async (folder: string) => {
  const { PGlite } = await importPeer('@electric-sql/pglite', () => import('@electric-sql/pglite'))
  if (folder.startsWith(inMemory)) return { database: await PGlite.create(), lock: noLock }
  mkdirSync(folder, { recursive: true })
  const lock = await lockFolder(folder)
  try {
    // In a folder of its own: initdb refuses one that already holds the lock.
    return { database: await PGlite.create(join(folder, 'database')), lock }
  } catch (cause) {
    await lock.release()
    throw cause
  }
}

const capabilities = { concurrentWriters: false, callerTransaction: false } as const

/** Storage in a PGlite that the host has opened, and which `close` leaves open. Guarding its folder is the host's part. */
export const fromPGlite = (database: PGliteDatabase, options: SqlStorageOptions = {}): Storage =>
  sqlStorage({
    name: 'pglite',
    capabilities: { durable: true, ...capabilities },
    client: pgliteClient(database, async () => undefined),
    options,
  })

/**
 * Storage in this process: Postgres compiled to WebAssembly, in a folder or, for tests, in memory (`memory://`). One process at a time
 * (STORAGE_IN_USE for the second). It survives the end of the process, kill -9 included, but not the loss of power: it does not sync to disk.
 * Nothing is opened before the first use.
 */
export const pglite = (folder: string, options: SqlStorageOptions = {}): Storage => {
  if (folder === '') throw new MailError('OPTIONS_INVALID', { field: 'folder', expected: `a path, or '${inMemory}'` })
  const open = async () => {
    const { database, lock } = await openPGlite(folder)
    return pgliteClient(database, async () => {
      await database.close()
      await lock.release()
    })
  }
  return sqlStorage({
    name: 'pglite',
    capabilities: { durable: !folder.startsWith(inMemory), ...capabilities },
    client: lazyClient(open, () => null),
    options,
  })
}
