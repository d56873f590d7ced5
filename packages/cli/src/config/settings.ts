import type { Io } from '../io.js'
import { usageError } from '../usage-error.js'
import { type Configuration, readConfiguration } from './config-file.js'
import { type Environment, readEnvironment } from './environment.js'

/** The flags that every command takes. */
export const settingFlags = {
  config: { type: 'string' },
  storage: { type: 'string' },
} as const

export interface SettingFlags {
  readonly config?: string | undefined
  readonly storage?: string | undefined
}

/** All that a command was told, checked as far as it can be without opening anything. */
export interface Settings {
  readonly environment: Environment
  readonly file: Configuration
  /** The folder of `--storage pglite:FOLDER`. */
  readonly storage: string | null
}

export async function readSettings(io: Io, flags: SettingFlags): Promise<Settings> {
  const { storage = null } = flags
  // A URL with a password would stand in the list of processes.
  if (storage !== null && !/^pglite:./.test(storage))
    throw usageError('--storage', 'pglite:FOLDER; the URL of a Postgres server goes into DATABASE_URL')
  const [environment, file] = await Promise.all([readEnvironment(io), readConfiguration(io, flags.config)])
  return { environment, file, storage }
}
