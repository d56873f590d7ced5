import { fromPg } from '@mailwright/adapters/storage/postgres'
import { storageConformance, storageModelCase } from '@mailwright/conformance'
import type { Storage } from '@mailwright/core'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const url = process.env['MAILWRIGHT_TEST_POSTGRES'] ?? 'postgres://postgres@127.0.0.1:5432/test'
const pool = new pg.Pool({ connectionString: url, max: 12 })
const reachable = await pool.query('select 1').then(
  () => true,
  () => false,
)
const schema = `mailwright_test_${process.pid}`

const empty = async (): Promise<void> => {
  const { rows } = await pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = $1 and tablename <> 'migration'`,
    [schema],
  )
  await pool.query(rows.map(({ name }) => `delete from ${schema}.${name};`).join(''))
}

const create = async (): Promise<Storage> => {
  await empty()
  return fromPg(pool, { schema })
}

afterAll(async () => {
  if (reachable) await pool.query(`drop schema if exists ${schema} cascade`)
  await pool.end()
})

describe.skipIf(!reachable)('postgres', () => {
  beforeAll(() => fromPg(pool, { schema }).migrate())

  storageConformance({
    runner: { describe, it, expect },
    create,
    reopen: async (former: Storage) => {
      await former.close()
      return fromPg(pool, { schema })
    },
    transaction: async (_storage, use) => {
      const client = await pool.connect()
      try {
        await client.query('begin')
        await use(client)
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw error
      } finally {
        client.release()
      }
    },
  })
  storageModelCase({ runner: { describe, it, expect }, create, runs: 40 })
})
