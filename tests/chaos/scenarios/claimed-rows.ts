import type { Shop } from './shop.js'

/** What the storage knows of one chunk of the last batch. Rows are numbered from 0, as they were imported. */
export interface ClaimedRows {
  /** null: nobody holds it. */
  readonly token: string | null
  readonly from: number
  /** So many of its rows may have been started. */
  readonly startedThrough: number
}

export async function claimedRows({ pool, schema }: Shop): Promise<readonly ClaimedRows[]> {
  const { rows } = await pool.query<{ token: string | null; from: string; through: string }>(
    `select token, ref::json ->> 'from' as from, started_through as through from ${schema}.work where kind = 'chunk'`,
  )
  return rows.map(({ token, from, through }) => ({ token, from: Number(from), startedThrough: Number(through) }))
}

/** Whether one of them covers the row of this recipient, as `readersOf` names them. */
export function covers(chunks: readonly ClaimedRows[], recipient: string): boolean {
  const row = Number(/^reader(\d+)@/.exec(recipient)?.[1] ?? Number.NaN)
  return chunks.some(({ from, startedThrough }) => row >= from && row < from + startedThrough)
}
