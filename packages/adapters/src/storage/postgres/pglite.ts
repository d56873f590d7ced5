import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { MailError, type Storage } from '@mailwright/core'
import type { SqlClient } from './client.js'
import { lazyClient } from './lazy-client.js'
import { importPeer, resolvePeer } from './peer.js'
import { ownConnection } from './pg-client.js'
import { type PGliteDatabase, pgliteClient } from './pglite-client.js'
import { type FolderLock, lockFolder } from './pglite-lock.js'
import { startThread } from './pglite-thread.js'
import { type SqlStorageOptions, sqlStorage } from './storage.js'
import { threadedClient } from './threaded-client.js'

const inMemory = 'memory://'
const noLock: FolderLock = { release: async () => undefined }
const peer = '@electric-sql/pglite'

/** In a folder of its own: initdb refuses one that already holds the lock. */
const databaseIn = (folder: string): string | null => (folder.startsWith(inMemory) ? null : join(folder, 'database'))

const lockOf = async (folder: string): Promise<FolderLock> => {
  if (folder.startsWith(inMemory)) return noLock
  mkdirSync(folder, { recursive: true })
  return lockFolder(folder)
}

const clientInThread = async (folder: string, lock: FolderLock, lost: () => void): Promise<SqlClient | null> => {
  const file = resolvePeer(peer)
  if (file === null) return null
  const onLost = (): void => {
    void lock.release()
    // What was in memory is gone: nothing is opened in its place.
    if (!folder.startsWith(inMemory)) lost()
  }
  const thread = await startThread({ pglite: file, folder: databaseIn(folder), onLost })
  if (thread === null) return null
  // Carried out before whatever is asked next.
  thread.run(ownConnection, null).catch(() => undefined)
  return threadedClient(thread, async () => {
    await thread.close()
    await lock.release()
  })
}

const clientInPlace = async (folder: string, lock: FolderLock): Promise<SqlClient> => {
  const { PGlite } = await importPeer(peer, () => import('@electric-sql/pglite'))
  process.emitWarning(
    'PGlite runs in the thread of its caller, which each statement stops: no thread could be started.',
    {
      code: 'MAILWRIGHT_PGLITE_IN_PLACE',
    },
  )
  const within = databaseIn(folder)
  const database = await (within === null ? PGlite.create() : PGlite.create(within))
  database.exec(ownConnection).catch(() => undefined)
  return pgliteClient(database, async () => {
    await database.close()
    await lock.release()
  })
}

const openPGlite = async (folder: string, lost: () => void): Promise<SqlClient> => {
  const lock = await lockOf(folder)
  try {
    return (await clientInThread(folder, lock, lost)) ?? (await clientInPlace(folder, lock))
  } catch (cause) {
    await lock.release()
    throw cause
  }
}

const capabilities = { concurrentWriters: false, callerTransaction: false } as const

/** Storage in a PGlite that the host has opened, in the caller's thread, and which `close` leaves open. Guarding its folder is the host's part. */
export const fromPGlite = (database: PGliteDatabase, options: SqlStorageOptions = {}): Storage =>
  sqlStorage({
    name: 'pglite',
    capabilities: { durable: true, ...capabilities },
    client: pgliteClient(database, async () => undefined),
    options,
  })

/**
 * Storage in this process: Postgres compiled to WebAssembly, in a thread of its own, in a folder or, for tests, in memory (`memory://`). One process at a time
 * (STORAGE_IN_USE for the second). It survives the end of the process, kill -9 included, but not the loss of power: it does not sync to disk.
 * Nothing is opened before the first use. Should the thread die, open calls reject with STORAGE_UNAVAILABLE and the next one opens the folder anew.
 */
export const pglite = (folder: string, options: SqlStorageOptions = {}): Storage => {
  if (folder === '') throw new MailError('OPTIONS_INVALID', { field: 'folder', expected: `a path, or '${inMemory}'` })
  return sqlStorage({
    name: 'pglite',
    capabilities: { durable: !folder.startsWith(inMemory), ...capabilities },
    client: lazyClient(
      (lost) => openPGlite(folder, lost),
      () => null,
    ),
    options,
  })
}
