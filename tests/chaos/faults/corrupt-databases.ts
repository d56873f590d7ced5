import { PGlite } from '@electric-sql/pglite'
import { fromPGlite, fromPg } from '@mailwright/adapters/storage/postgres'
import pg from 'pg'
import type { Database } from './corrupt-world.js'

export function aPostgres(url: string, schema: string): Database {
  const pool = new pg.Pool({ connectionString: url, max: 6 })
  return {
    storage: fromPg(pool, { schema }),
    query: async (text, params = []) => (await pool.query(text.replaceAll('$schema', schema), [...params])).rows,
    async close() {
      await pool.query(`drop schema if exists ${schema} cascade`)
      await pool.end()
    },
  }
}

export async function aPGlite(): Promise<Database> {
  const database = await PGlite.create()
  return {
    storage: fromPGlite(database),
    query: async (text, params = []) =>
      (await database.query<Record<string, unknown>>(text.replaceAll('$schema', 'mailwright'), [...params])).rows,
    close: () => database.close(),
  }
}
