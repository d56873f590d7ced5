import type { Guard, Refusal } from '@mailwright/core'
import { compositeKey } from './composite-key.js'
import type { Tables } from './tables.js'
import { setRow, type Undo } from './undo.js'

/** The refusal of the first guard that does not hold, or null. */
export const checkGuard = (tables: Tables, guard: Guard, undo: Undo): Refusal | null => {
  switch (guard.type) {
    case 'present': {
      const row = tables.records.get(guard.id)?.row
      if (row === undefined || row.kind !== guard.kind || row.account !== guard.account)
        return { type: 'absent', id: guard.id }
      if (guard.version !== undefined && guard.version !== row.version) return { type: 'version', id: guard.id }
      return null
    }
    case 'holder':
      return tables.work.byId.get(guard.work)?.row.token === guard.token
        ? null
        : { type: 'lease-lost', work: guard.work }
    case 'unheld': {
      const by = tables.holders.get(guard.ref) ?? []
      return by.length === 0 ? null : { type: 'held', ref: guard.ref, by: by.slice(0, 100) }
    }
    case 'once': {
      const key = compositeKey(guard.account, guard.key)
      const first = tables.once.get(key)
      if (first !== undefined && first.until > guard.now)
        return { type: 'repeated', sameBody: first.bodyHash === guard.bodyHash, answer: first.answer }
      const row = { bodyHash: guard.bodyHash, until: guard.until, answer: guard.answer }
      setRow(tables.once, key, row, undo)
      return null
    }
  }
}
