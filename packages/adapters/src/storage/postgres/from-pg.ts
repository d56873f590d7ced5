import type { Storage } from '@mailwright/core'
import { type PgPool, pgClient } from './pg-client.js'
import { type SqlStorageOptions, sqlStorage } from './storage.js'

export interface FromPgOptions extends SqlStorageOptions {
  /** Named statements and, with `postgres({ url })`, settings of the session. Switch off behind any pooler in transaction mode. Default true. */
  readonly prepare?: boolean
  /** How long the answer to one statement is waited for before its connection is given up as cut off. Default 20,000 milliseconds. */
  readonly answerMs?: number
}

export const ANSWER_MS = 20_000

/**
 * Storage in the host's own Postgres, through the host's own `pg.Pool`, which `close` leaves open. `apply` takes a client of the host
 * with an open transaction (`BEGIN` done) as `tx`: what is accepted commits or rolls back with the host's own writes. A pool made with `pipeline: true` (pg
 * 8.23) saves most of the round trips.
 */
export const fromPg = (pool: PgPool, options: FromPgOptions = {}): Storage =>
  sqlStorage({
    name: 'postgres',
    capabilities: { durable: true, concurrentWriters: true, callerTransaction: true },
    client: pgClient({
      pool,
      prepare: options.prepare ?? true,
      answerMs: options.answerMs ?? ANSWER_MS,
      close: async () => undefined,
    }),
    options,
  })
