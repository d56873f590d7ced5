import { createHash } from 'node:crypto'
import { type Param, parsers, type SqlClient, type SqlSession, type SqlTransaction } from './client.js'
import { isDeadEnd } from './errors.js'
import { withSends } from './sends.js'

interface PgStatement {
  readonly text: string
  readonly values: unknown[]
  readonly types: { getTypeParser(oid: number): (value: string) => unknown }
  readonly name?: string
  /** Milliseconds after which the driver no longer waits for the answer. */
  readonly query_timeout?: number
}

/** What is used of a pg connection: also what `apply` takes as `tx`. */
export interface PgQueryable {
  /** It takes statements before it has answered the one before. */
  readonly pipeline?: boolean
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
  /** A statement that is not answered in so many milliseconds fails, and its connection is given up. */
  readonly answerMs: number
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

const within = (answerMs: number | null) => (answerMs === null ? {} : { query_timeout: answerMs })

/** `answerMs` is null on a connection of the host, which has its own idea of how long a statement may take. */
const sessionOn = (connection: PgQueryable, prepare: boolean, answerMs: number | null): SqlSession => ({
  query: async <Row>(text: string, params: readonly Param[] = []) => {
    const statement = { text, values: [...params], types, ...within(answerMs) }
    const { rows } = await connection.query(prepare ? { ...statement, name: nameOf(text) } : statement)
    return rows as readonly Row[]
  },
  script: async (text) => {
    await connection.query({ text, values: [], types, ...within(answerMs) })
  },
})

/** One statement at a time, as a connection wants it that does not pipeline. */
const inTurn = (connection: PgQueryable): PgQueryable => {
  if (connection.pipeline === true) return connection
  let last: Promise<unknown> = Promise.resolve()
  return {
    query(statement) {
      const answer = last.then(() => connection.query(statement))
      last = answer.catch(() => undefined)
      return answer
    },
  }
}

const isQueryable = (tx: unknown): tx is PgQueryable =>
  typeof tx === 'object' && tx !== null && 'query' in tx && typeof tx.query === 'function'

/** A session on what the caller gives as its transaction, or null if it is no pg client. */
export const callersSession = (tx: unknown, prepare: boolean): SqlTransaction | null =>
  isQueryable(tx) ? withSends(sessionOn(inTurn(tx), prepare, null)) : null

/**
 * Our statements know their rows by key. Without the first setting each lookup by a list of keys is planned anew at every call; without the next three one
 * that was planned while its table was empty may go through all of it, or all of an index, when it is full. Without the last, one over a table that has
 * grown since it was analysed looks so dear that it is compiled first, for a quarter of a second.
 */
export const begin = `begin isolation level read committed; set local plan_cache_mode = force_generic_plan; set local enable_seqscan = off;
  set local enable_hashjoin = off; set local enable_mergejoin = off; set local jit = off`

/** Also lets go of what a process holds that was cut off from the server. */
const beginWithin = (answerMs: number): string =>
  `${begin}; set local idle_in_transaction_session_timeout = ${answerMs}`

/**
 * For connections of our own, where questions are asked outside of a transaction: a plan made while a table had a few pages reads all of it, and is kept for a
 * minute or more after the table has grown. Only `reporting` and `rebuildTallies` may read whole tables, and allow it themselves.
 */
export const ownConnection =
  'set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set jit = off'

export const pgClient = ({ pool, prepare, answerMs, close }: PgClientOptions): SqlClient => {
  const beginning = beginWithin(answerMs)
  const transaction: SqlClient['transaction'] = async (work, patient) => {
    const connection = await pool.connect()
    let broken: Error | undefined
    // A connection cut off between two statements says so by an event, which unheard would end the process.
    const onError = (error: Error): void => {
      broken = error
    }
    connection.on('error', onError)
    const line = inTurn(connection)
    const end = (how: 'commit' | 'rollback') => sessionOn(line, false, answerMs).script(how)
    try {
      const session = withSends(sessionOn(line, prepare, patient ? null : answerMs))
      // Not awaited on purpose: the first statement goes right behind it.
      const begun = session.script(beginning)
      begun.catch(() => undefined)
      const result = await work(session)
      // Behind what was sent: of a transaction that has failed the server makes a rollback, and `sent` says why.
      const committed = end('commit')
      committed.catch(() => undefined)
      await begun
      await session.sent()
      await committed
      return result
    } catch (error) {
      if (isDeadEnd(error)) broken = error
      else await end('rollback').catch(onError)
      throw error
    } finally {
      connection.removeListener('error', onError)
      connection.release(broken)
    }
  }
  return {
    ...sessionOn(pool, prepare, answerMs),
    transaction,
    within: (tx) => callersSession(tx, prepare),
    close,
  }
}
