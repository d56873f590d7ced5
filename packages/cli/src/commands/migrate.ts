import { printMigrations } from '@mailwright/adapters/storage/postgres'
import { isMailError, type Storage } from '@mailwright/core'
import { settingFlags } from '../config/settings.js'
import { storageOf } from '../config/storage.js'
import { exitCode } from '../exit-code.js'
import type { Io } from '../io.js'
import type { Command } from './command.js'
import { settingsOf } from './open-service.js'

/** The names of the migrations that are missing. A storage of the configuration file that migrates by itself has none left after this. */
async function pendingIn(storage: Storage): Promise<readonly string[]> {
  try {
    await storage.migrate()
    return []
  } catch (error) {
    if (!isMailError(error, 'MIGRATIONS_PENDING')) throw error
    const { pending } = error.details
    return Array.isArray(pending) ? pending.map(String) : []
  } finally {
    await storage.close()
  }
}

const list = (io: Io, title: string, names: readonly string[]): void => {
  io.out(title)
  for (const name of names) io.out(`  ${name}`)
}

export const migrate: Command = {
  summary: 'Bring the schema of the database up to date, before the new version starts.',
  usage: '[--check | --print]',
  help: [
    '--check   only say what is missing: exit code 1 if something is',
    '--print   print all migrations as SQL, to apply them by your own tools to a database without the schema',
  ],
  flags: { ...settingFlags, check: { type: 'boolean' }, print: { type: 'boolean' } },
  async run(io, words) {
    const settings = await settingsOf(io, words)
    if (words.values.print === true) {
      io.out(printMigrations(settings.environment.DATABASE_SCHEMA))
      return exitCode.ok
    }
    const pending = await pendingIn(storageOf(io, settings, 'check'))
    if (pending.length === 0) {
      io.out('The schema is up to date.')
      return exitCode.ok
    }
    if (words.values.check === true) {
      list(io, 'Missing:', pending)
      return exitCode.failure
    }
    const storage = storageOf(io, settings, 'auto')
    await storage.migrate().finally(() => storage.close())
    list(io, 'Applied, by this process or one beside it:', pending)
    return exitCode.ok
  },
}
