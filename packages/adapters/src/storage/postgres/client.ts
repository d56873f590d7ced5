import { fromBytes, fromText } from './text.js'

export type Param = string | number | boolean | null

/** Runs statements one after the other. Rows come with int8 as number, bytea as the id it stands for, text unescaped. */
export interface SqlSession {
  query<Row>(text: string, params?: readonly Param[]): Promise<readonly Row[]>
  /** Several statements without parameters, split by `;`. */
  script(text: string): Promise<void>
}

/** A session within a transaction, where statements may be handed over without a wait for each: they are carried out in their order. */
export interface SqlTransaction extends SqlSession {
  /**
   * For a statement whose answer nothing that follows depends on. One that fails fails the transaction, and says so where it is waited for next. `look` sees
   * the answer when it comes; what it throws is told like a failure.
   */
  send<Row>(text: string, params: readonly Param[], look?: (rows: readonly Row[]) => void): void
  /** Resolves when all answers have been seen that are looked at, at once if there are none: nothing may be committed before. Rejects with the first failure. */
  looked(): Promise<void>
  /** Resolves when everything sent has been carried out, rejects with the first failure. */
  sent(): Promise<void>
}

/** The whole of what the adapter needs from a database. Errors are those of the driver; `run` in errors.ts translates them. */
export interface SqlClient extends SqlSession {
  /**
   * Commits what `work` did when it resolves, else rolls back and rejects with its error. `patient`: its statements may take as long as they do, where
   * others are given up as unanswered.
   */
  transaction<Result>(work: (session: SqlTransaction) => Promise<Result>, patient?: 'patient'): Promise<Result>
  /** A session on the caller's own open transaction, or null if this client cannot have one. */
  within(tx: unknown): SqlTransaction | null
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
