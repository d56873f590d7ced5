import { fromBytes, fromText } from './text.js'

export type Param = string | number | boolean | null

/** Runs statements one after the other. Rows come with int8 as number, bytea as the id it stands for, text unescaped. */
export interface SqlSession {
  query<Row>(text: string, params?: readonly Param[]): Promise<readonly Row[]>
  /** Several statements without parameters, split by `;`. */
  script(text: string): Promise<void>
}

/** The whole of what the adapter needs from a database. Errors are those of the driver; `run` in errors.ts translates them. */
export interface SqlClient extends SqlSession {
  /** Commits what `work` did when it resolves, else rolls back and rejects with its error. */
  transaction<Result>(work: (session: SqlSession) => Promise<Result>): Promise<Result>
  /** A session on the caller's own open transaction, or null if this client cannot have one. */
  within(tx: unknown): SqlSession | null
  close(): Promise<void>
}

export const OID = { bool: 16, bytea: 17, int8: 20, int2: 21, int4: 23, text: 25, float8: 701 } as const

/** By type OID. Everything else stays as text. */
export const parsers: Readonly<Record<number, (value: string) => unknown>> = {
  [OID.bool]: (value) => value === 't',
  [OID.bytea]: fromBytes,
  [OID.int8]: Number,
  [OID.int2]: Number,
  [OID.int4]: Number,
  [OID.text]: fromText,
  [OID.float8]: Number,
}
