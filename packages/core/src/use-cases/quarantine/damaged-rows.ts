import type { Logger } from '../../ports/logger.js'

/** A row that a process has met and could not read. */
export interface DamagedRow {
  readonly kind: string
  readonly account: string
  readonly id: string
  readonly why: string
}

/** What this process has met, for the doctor; each is logged once. */
export interface DamagedRows {
  report(row: DamagedRow): void
  all(): readonly DamagedRow[]
}

/** So many are remembered; there being more is no news. */
const KEPT = 1_000

export function createDamagedRows(logger: Logger): DamagedRows {
  const rows = new Map<string, DamagedRow>()
  return {
    report(row) {
      const key = JSON.stringify([row.kind, row.id])
      if (rows.has(key) || rows.size >= KEPT) return
      rows.set(key, row)
      logger.log('error', 'record-unreadable', { ...row })
    },
    all: () => [...rows.values()],
  }
}
