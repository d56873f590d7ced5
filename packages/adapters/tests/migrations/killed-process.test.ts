import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pglite } from '@mailwright/adapters/storage/postgres'
import { describe, expect, it } from 'vitest'

const program = fileURLToPath(new URL('./killed-process.ts', import.meta.url))

/** Resolves with the signal that ended it. */
async function migrateAndDie(folder: string, last: number): Promise<NodeJS.Signals | null> {
  const args = ['--import', import.meta.resolve('tsx'), program, folder, String(last)]
  const child = spawn(process.execPath, args, { stdio: 'ignore' })
  const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  return signal
}

describe('a process that migrates an embedded database', () => {
  // Early and late in the first migration, and in one after it: starting a process for each of the statements would take minutes.
  it.each([6, 45, 55])(
    'F16: is killed (-9) behind statement %i, and the next process goes on',
    { timeout: 300_000 },
    async (last) => {
      const folder = mkdtempSync(join(tmpdir(), 'mailwright-migration-'))
      try {
        // The folder of the database is made by who opens it first.
        expect(await migrateAndDie(folder, last)).toBe('SIGKILL')
        const storage = pglite(folder)
        await storage.migrate()
        await storage.close()
        const checking = pglite(folder, { migrate: 'check' })
        await checking.migrate()
        await checking.close()
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
  )
})
