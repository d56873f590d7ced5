import type { PGliteDatabase, PgPool, PgQueryable } from '@mailwright/adapters/storage/postgres'
import type pg from 'pg'
import { statementsOf } from './statements.js'

/** Hears every statement of a migration after it has been executed and before the next. `pid` is that of the connection's backend. */
export type Watch = (statement: string, pid: number) => Promise<void> | void

const textOf = (given: unknown): string =>
  typeof given === 'string' ? given : String((given as { readonly text: unknown }).text)

/**
 * A pool whose connections execute the statements of a script one by one, in the order they were asked for, so that a test can come between any two of them.
 */
export function watchedPool(pool: pg.Pool, watch: Watch): PgPool {
  const watched = (client: pg.PoolClient, pid: number): PgQueryable['query'] => {
    let before: Promise<unknown> = Promise.resolve()
    const one = async (given: unknown): Promise<{ readonly rows: readonly unknown[] }> => {
      const text = textOf(given)
      const statements = statementsOf(text)
      const parts: readonly unknown[] = statements.length > 1 ? statements : [given]
      let rows: readonly unknown[] = []
      for (const part of parts) {
        const answer = await client.query(part as string)
        rows = answer.rows
        await watch(typeof part === 'string' ? part : text, pid)
      }
      return { rows }
    }
    return (given) => {
      const asked = before.then(() => one(given))
      before = asked.catch(() => undefined)
      return asked
    }
  }
  return {
    query: (given) => pool.query(given as string),
    async connect() {
      const client = await pool.connect()
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
      return {
        query: watched(client, rows[0]?.pid ?? 0),
        on: (event, listener) => client.on(event, listener),
        removeListener: (event, listener) => client.removeListener(event, listener),
        release: (error) => client.release(error),
      }
    },
  }
}

/** The same for PGlite, whose transactions begin and end out of sight. */
export function watchedPGlite(database: PGliteDatabase, watch: (statement: string) => void): PGliteDatabase {
  return {
    query: (text, params, options) => database.query(text, params, options),
    exec: (text) => database.exec(text),
    transaction: (work) =>
      database.transaction((tx) =>
        work({
          async query(text, params, options) {
            const answer = await tx.query(text, params, options)
            watch(text)
            return answer
          },
          async exec(text) {
            for (const statement of statementsOf(text)) {
              await tx.exec(statement)
              watch(statement)
            }
          },
        }),
      ),
  }
}
