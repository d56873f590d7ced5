import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { fromPGlite } from '@mailwright/adapters/storage/postgres'
import { watchedPGlite } from './watched.js'

/** Migrates the embedded database of a folder, and is killed behind the statement of that number: `killed-process.ts FOLDER NUMBER`. */
const [, , folder = '', last = ''] = process.argv
// Where `pglite(folder)` keeps it.
const database = await PGlite.create(join(folder, 'database'))
let executed = 0
await fromPGlite(
  watchedPGlite(database, () => {
    executed += 1
    if (executed === Number(last)) process.kill(process.pid, 'SIGKILL')
  }),
).migrate()
