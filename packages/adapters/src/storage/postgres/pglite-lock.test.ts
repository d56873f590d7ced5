import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isMailError } from '@mailwright/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FolderLock, lockFolder } from './pglite-lock.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const failure = (lock: Promise<FolderLock>): Promise<unknown> =>
  lock.then(
    () => null,
    (error: unknown) => error,
  )

describe('the lock of an embedded store', () => {
  it('refuses a second opener with the remedy, until it is released', async () => {
    const lock = await lockFolder(folder)
    const error = await failure(lockFolder(folder))
    expect(isMailError(error, 'STORAGE_IN_USE') && error.details).toMatchObject({
      remedy: expect.stringContaining('postgres('),
    })
    await lock.release()
    await (await lockFolder(folder)).release()
  })

  it('takes over the socket of a process that was killed', async () => {
    const left = join(folder, 'mailwright.lock')
    const script = `require('net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`
    expect(spawnSync(process.execPath, ['-e', script, left]).signal).toBe('SIGKILL')
    expect(existsSync(left)).toBe(true)
    const lock = await lockFolder(folder)
    expect(isMailError(await failure(lockFolder(folder)), 'STORAGE_IN_USE')).toBe(true)
    await lock.release()
  })

  it('lets one of several in who find a dead socket at once', async () => {
    const left = join(folder, 'mailwright.lock')
    const script = `require('net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`
    spawnSync(process.execPath, ['-e', script, left])
    const locks = await Promise.allSettled(Array.from({ length: 6 }, () => lockFolder(folder)))
    const held = locks.flatMap((lock) => (lock.status === 'fulfilled' ? [lock.value] : []))
    expect(held.length).toBeLessThanOrEqual(1)
    for (const lock of held) await lock.release()
    await (await lockFolder(folder)).release()
  })

  it('holds a folder whose path is longer than a socket address can be', async () => {
    const deep = join(folder, 'd'.repeat(120), 'e'.repeat(120))
    mkdirSync(deep, { recursive: true })
    const lock = await lockFolder(deep)
    expect(isMailError(await failure(lockFolder(deep)), 'STORAGE_IN_USE')).toBe(true)
    await lock.release()
  })
})
