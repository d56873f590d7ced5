import type { Change, QuotaRow, Refusal } from '@mailwright/core'
import { compositeKey } from '../composite-key.js'
import type { Tables } from '../tables.js'
import { setRow, type Undo } from '../undo.js'

type QuotaChange = Extract<Change, { type: `quota.${string}` }>

const set = (tables: Tables, row: QuotaRow, undo: Undo): void =>
  setRow(tables.quotas, compositeKey(row.scope, row.day), Object.freeze(row), undo)

export const applyQuota = (tables: Tables, change: QuotaChange, undo: Undo): Refusal | null => {
  const { scope, day } = change
  const row = tables.quotas.get(compositeKey(scope, day))
  const opened = (ceiling: number): QuotaRow => row ?? { scope, day, granted: 0, ceiling, blocked: false }
  switch (change.type) {
    case 'quota.take': {
      const open = opened(change.ceiling)
      const { granted, ceiling, blocked } = open
      if (blocked || granted + change.count > ceiling) return { type: 'quota', scope, day, granted, ceiling, blocked }
      set(tables, { ...open, granted: granted + change.count }, undo)
      return null
    }
    case 'quota.return':
      if (row !== undefined) set(tables, { ...row, granted: Math.max(0, row.granted - change.count) }, undo)
      return null
    case 'quota.raise': {
      const open = opened(change.to)
      set(tables, { ...open, ceiling: Math.max(open.ceiling, change.to) }, undo)
      return null
    }
    case 'quota.block':
      set(tables, { ...opened(0), blocked: true }, undo)
      return null
  }
}
