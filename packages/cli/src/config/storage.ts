import { resolve } from 'node:path'
import { pglite, postgres } from '@mailwright/adapters/storage/postgres'
import type { Storage } from '@mailwright/core'
import type { Io } from '../io.js'
import { missingVariable } from './environment.js'
import type { Settings } from './settings.js'

export type Migrate = 'auto' | 'check'

/** The flag wins over the file, the file over the environment. @throws OPTIONS_INVALID when none of them names a storage */
export function storageOf(io: Io, settings: Settings, migrate: Migrate): Storage {
  const { environment, file } = settings
  const place = settings.storage ?? file.storage ?? environment.DATABASE_URL
  if (place === undefined) throw missingVariable(io, 'DATABASE_URL')
  if (typeof place !== 'string') return place
  const { DATABASE_SCHEMA: schema, DATABASE_CONNECTIONS: maxConnections } = environment
  const common = { migrate, ...(schema === undefined ? {} : { schema }) }
  if (place.startsWith('pglite:')) return pglite(resolve(io.cwd, place.slice('pglite:'.length)), common)
  return postgres({ url: place, ...common, ...(maxConnections === undefined ? {} : { maxConnections }) })
}
