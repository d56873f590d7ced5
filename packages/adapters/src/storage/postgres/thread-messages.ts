import { type Param, parsers } from './client.js'

/** Null parameters: a script. */
export interface Statement {
  readonly text: string
  readonly params: readonly Param[] | null
}

export interface Failure {
  readonly message: string
  readonly code?: unknown
  readonly table?: unknown
  readonly constraint?: unknown
}

interface Rows {
  readonly rows: readonly (readonly unknown[])[]
  readonly names: readonly string[]
  readonly types: readonly number[]
}

/** Null: no rows. */
export type Answer = null | Rows | { readonly failure: Failure }

export type FromThread =
  | { readonly type: 'loaded' }
  | { readonly type: 'opened'; readonly failure: Failure | null }
  | { readonly type: 'answers' | 'broken'; readonly answers: readonly Answer[] }
  | { readonly type: 'closed' }

/** With what errors.ts reads. */
export const errorOf = ({ message, code, table, constraint }: Failure): Error =>
  Object.assign(new Error(message), { code, table, constraint })

const asIs = (value: string): unknown => value

export const rowsOf = ({ rows, names, types }: Rows): readonly unknown[] => {
  const readers = types.map((type) => parsers[type] ?? asIs)
  return rows.map((values) => {
    const row: Record<string, unknown> = {}
    names.forEach((name, index) => {
      const value = values[index]
      row[name] = typeof value === 'string' ? readers[index]?.(value) : value
    })
    return row
  })
}
