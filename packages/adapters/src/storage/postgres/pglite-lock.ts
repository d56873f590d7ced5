import { createHash, randomBytes } from 'node:crypto'
import { linkSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { createConnection, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { MailError } from '@mailwright/core'

/** What fits into sockaddr_un on every Unix (104 bytes on macOS, 108 on Linux), less what a unique ending takes. */
const longestPath = 80
/** Long enough for a rival that saw the same stale socket to have done its worst. */
const settlingMs = 40

/** In the folder, so that containers sharing it meet there; for long paths under a name that every process derives alike. */
const lockPath = (folder: string): string => {
  const real = realpathSync(folder)
  if (process.platform === 'win32') return `\\\\.\\pipe\\mailwright-${hashOf(real)}`
  const inside = join(real, 'mailwright.lock')
  return Buffer.byteLength(inside) <= longestPath ? inside : join(tmpdir(), `mailwright-${hashOf(real)}.lock`)
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24)

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

const isAlive = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createConnection(path)
    probe.once('connect', () => {
      probe.destroy()
      resolve(true)
    })
    // Refused: nobody listens behind it. Anything else (no permission, queue full) speaks for somebody living.
    probe.once('error', (error) => resolve(!['ECONNREFUSED', 'ENOENT'].includes(codeOf(error))))
  })

const listen = (path: string): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', reject)
    server.listen(path, () => {
      server.unref()
      resolve(server)
    })
  })

const inodeAt = (path: string): number | null => {
  try {
    return statSync(path).ino
  } catch {
    return null
  }
}

/** link is atomic and never replaces: of several processes one gets the name. */
const tookName = (own: string, path: string): boolean => {
  try {
    linkSync(own, path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** Removes the socket a killed process left, and only that: one that a rival has put there meanwhile is put back. */
const removeStale = (path: string, inode: number): void => {
  const aside = `${path}.${randomBytes(4).toString('hex')}`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  if (inodeAt(aside) !== inode) tookName(aside, path)
  rmSync(aside, { force: true })
}

const close = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()))

export interface FolderLock {
  release(): Promise<void>
}

const inUse = (folder: string): MailError =>
  new MailError('STORAGE_IN_USE', {
    adapter: 'pglite',
    folder,
    remedy: 'Stop the other process, or use postgres({ url }) for several processes.',
  })

/**
 * Holds the folder for this process. Whoever listens on the socket lives: a pid would repeat in containers. The operating system stops
 * listening when the process ends, however it ends.
 * @throws STORAGE_IN_USE
 */
export const lockFolder = async (folder: string): Promise<FolderLock> => {
  const path = lockPath(folder)
  if (process.platform === 'win32') {
    const server = await listen(path).catch(() => null)
    if (server === null) throw inUse(folder)
    return { release: () => close(server) }
  }
  const own = `${path}.${randomBytes(4).toString('hex')}`
  const server = await listen(own)
  try {
    for (let attempt = 0; !tookName(own, path); attempt += 1) {
      const inode = inodeAt(path)
      if (attempt >= 3 || (inode !== null && (await isAlive(path)))) throw inUse(folder)
      if (inode !== null) removeStale(path, inode)
    }
    await pause(settlingMs)
    const inode = inodeAt(own)
    if (inodeAt(path) !== inode) throw inUse(folder)
    return {
      release: async () => {
        if (inodeAt(path) === inode) rmSync(path, { force: true })
        await close(server)
      },
    }
  } catch (error) {
    await close(server)
    throw error
  } finally {
    rmSync(own, { force: true })
  }
}
