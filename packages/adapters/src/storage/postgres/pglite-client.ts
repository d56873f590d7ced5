import { OID, type Param, parsers, type SqlClient, type SqlSession } from './client.js'
import { withSends } from './sends.js'

interface PGliteQueryable {
  query(text: string, params: unknown[], options: object): Promise<{ readonly rows: readonly unknown[] }>
  exec(text: string): Promise<unknown>
}

/** What is used of a PGlite instance. */
export interface PGliteDatabase extends PGliteQueryable {
  transaction<Result>(work: (tx: PGliteQueryable) => Promise<Result>): Promise<Result>
}

const asText = (value: unknown): string => String(value)
/** All parameters are written as text already; its own serialisers would refuse some of them. */
const serializers = Object.fromEntries([...Object.values(OID), 114].map((oid) => [oid, asText]))
const queryOptions = { parsers, serializers }

const sessionOn = (database: PGliteQueryable): SqlSession => ({
  query: async <Row>(text: string, params: readonly Param[] = []) => {
    const { rows } = await database.query(text, [...params], queryOptions)
    return rows as readonly Row[]
  },
  script: async (text) => {
    await database.exec(text)
  },
})

/**
 * One connection in this process. A transaction holds it, so that none may wait for anything but its own statements.
 */
export const pgliteClient = (database: PGliteDatabase, close: () => Promise<void>): SqlClient => ({
  ...sessionOn(database),
  transaction: (work) =>
    database.transaction(async (tx) => {
      const session = withSends(sessionOn(tx))
      const result = await work(session)
      await session.sent()
      return result
    }),
  within: () => null,
  close,
})
