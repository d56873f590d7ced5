import { PGlite } from '@electric-sql/pglite'
import { fromPGlite } from '@mailwright/adapters/storage/postgres'
import { storageConformance, storageModelCase } from '@mailwright/conformance'
import type { Storage } from '@mailwright/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const runner = { describe, it, expect }
const schema = 'mailwright'
// One database for all cases, emptied in between: making one takes two seconds.
const database = await PGlite.create()
afterAll(() => database.close())

const empty = async (): Promise<void> => {
  const { rows } = await database.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = $1 and tablename <> 'migration'`,
    [schema],
  )
  await database.exec(rows.map(({ name }) => `delete from ${schema}.${name};`).join(''))
}

const create = async (): Promise<Storage> => {
  await empty()
  return fromPGlite(database, { schema })
}

describe('pglite', () => {
  beforeAll(() => fromPGlite(database, { schema }).migrate())

  storageConformance({
    runner,
    create,
    reopen: async (former) => {
      await former.close()
      return fromPGlite(database, { schema })
    },
  })
  storageModelCase({ runner, create, runs: 15 })
})
