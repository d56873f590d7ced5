import { createHash } from 'node:crypto'
import { type Param, parsers, type SqlClient, type SqlSession } from './client.js'

interface PgStatement {
  readonly text: string
  readonly values: unknown[]
  readonly types: { getTypeParser(oid: number): (value: string) => unknown }
  readonly name?: string
}

/** What is used of a pg connection: also what `apply` takes as `tx`. */
export interface PgQueryable {
  query(statement: PgStatement | string): Promise<{ readonly rows: readonly unknown[] }>
}

export interface PgConnection extends PgQueryable {
  on(event: 'error', listener: (error: Error) => void): unknown
  removeListener(event: 'error', listener: (error: Error) => void): unknown
  release(error?: Error | boolean): void
}

/** What is used of a pg.Pool. */
export interface PgPool extends PgQueryable {
  connect(): Promise<PgConnection>
}

export interface PgClientOptions {
  readonly pool: PgPool
  /** Named statements are planned once per connection. Off behind a pooler that shares connections between transactions. */
  readonly prepare: boolean
  readonly close: () => Promise<void>
}

const asIs = (value: string): unknown => value
const types = { getTypeParser: (oid: number) => parsers[oid] ?? asIs }

/** Named after their text: two storages that share a pool never mean different statements by one name. */
const names = new Map<string, string>()
const nameOf = (text: string): string => {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = `mailwright_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`
  names.set(text, name)
  return name
}

const sessionOn = (connection: PgQueryable, prepare: boolean): SqlSession => ({
  query: async <Row>(text: string, params: readonly Param[] = []) => {
    const statement = { text, values: [...params], types }
    const { rows } = await connection.query(prepare ? { ...statement, name: nameOf(text) } : statement)
    return rows as readonly Row[]
  },
  script: async (text) => {
    await connection.query(text)
  },
})

const isQueryable = (tx: unknown): tx is PgQueryable =>
  typeof tx === 'object' && tx !== null && 'query' in tx && typeof tx.query === 'function'

/** A session on what the caller gives as its transaction, or null if it is no pg client. */
export const callersSession = (tx: unknown, prepare: boolean): SqlSession | null =>
  isQueryable(tx) ? sessionOn(tx, prepare) : null

/**
 * Our statements know their rows by key. Without the last two, each lookup by a list of keys is planned anew at every call, and one that
 * was planned while its table was empty may scan it when it is full.
 */
const begin =
  'begin isolation level read committed; set local plan_cache_mode = force_generic_plan; set local enable_seqscan = off'

export const pgClient = ({ pool, prepare, close }: PgClientOptions): SqlClient => {
  const transaction = async <Result>(work: (session: SqlSession) => Promise<Result>): Promise<Result> => {
    const connection = await pool.connect()
    let broken: Error | undefined
    // A connection cut off between two statements says so by an event, which unheard would end the process.
    const onError = (error: Error): void => {
      broken = error
    }
    connection.on('error', onError)
    try {
      // Not awaited on purpose: the driver sends the first statement right behind it.
      const begun = connection.query(begin)
      begun.catch(() => undefined)
      const result = await work(sessionOn(connection, prepare))
      await begun
      await connection.query('commit')
      return result
    } catch (error) {
      await connection.query('rollback').catch(onError)
      throw error
    } finally {
      connection.removeListener('error', onError)
      connection.release(broken)
    }
  }
  return {
    ...sessionOn(pool, prepare),
    transaction,
    within: (tx) => callersSession(tx, prepare),
    close,
  }
}
