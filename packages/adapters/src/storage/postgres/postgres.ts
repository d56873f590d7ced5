import type { Storage } from '@mailwright/core'
import { ANSWER_MS, type FromPgOptions } from './from-pg.js'
import { lazyClient } from './lazy-client.js'
import { importPeer } from './peer.js'
import { callersSession, ownConnection, pgClient } from './pg-client.js'
import { sqlStorage } from './storage.js'

export interface PostgresOptions extends FromPgOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string
  /** Connections kept at most. Default 10. */
  readonly maxConnections?: number
}

/** A new connection is a new process of the server, which plans every statement anew: after the driver's ten seconds each wave of mail would open new ones. */
const IDLE_MS = 60_000

/** Storage in a Postgres server, through a pool of its own that `close` ends. Nothing is opened before the first use. */
export const postgres = (options: PostgresOptions): Storage => {
  const prepare = options.prepare ?? true
  const answerMs = options.answerMs ?? ANSWER_MS
  const open = async () => {
    const { default: pg } = await importPeer('pg', () => import('pg'))
    const pool = new pg.Pool({
      connectionString: options.url,
      max: options.maxConnections ?? 10,
      // Also the wait for a free one.
      connectionTimeoutMillis: answerMs,
      idleTimeoutMillis: IDLE_MS,
      keepAlive: true,
      pipeline: true,
    })
    // An idle connection that breaks is replaced at the next use; unheard, the event would end the process.
    pool.on('error', () => undefined)
    // Without `prepare` there is a pooler, where the settings would stay for whoever has the connection next.
    const settings = { text: ownConnection, query_timeout: answerMs }
    if (prepare)
      pool.on('connect', (connection) => {
        connection.query(settings).catch(() => undefined)
      })
    return pgClient({ pool, prepare, answerMs, close: () => pool.end() })
  }
  return sqlStorage({
    name: 'postgres',
    capabilities: { durable: true, concurrentWriters: true, callerTransaction: true },
    client: lazyClient(open, (tx) => callersSession(tx, prepare)),
    options,
  })
}
