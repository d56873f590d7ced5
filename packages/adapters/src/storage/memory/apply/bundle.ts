import {
  type Bundle,
  type BundleResult,
  type CertainChange,
  isRefusing,
  MailError,
  type Outcome,
  type Refusal,
  type RefusingChange,
} from '@mailwright/core'
import { checkGuard } from '../guards.js'
import type { Tables } from '../tables.js'
import { takeBack, type Undo } from '../undo.js'
import { dropBlock, putBlock } from './blocks.js'
import { applyCount } from './cells.js'
import { applySlot, bookWindow, takeWindow } from './counters.js'
import { eraseMessages } from './erase.js'
import { applyHold } from './holds.js'
import { purgeRows } from './purge.js'
import { applyQuota } from './quota.js'
import { appendRecipients, dropRecipients, eraseRecipients } from './recipients.js'
import { dropRecord, putRecord } from './records.js'
import { applySettle } from './settle.js'
import { applyAdvance, applyFinish, applyRelease, dropWork, putWork } from './work.js'

const done: Outcome = Object.freeze({ type: 'done' })

const tryRefusing = (tables: Tables, change: RefusingChange, undo: Undo): Refusal | null => {
  switch (change.type) {
    case 'record.put':
      return putRecord(tables, change, undo)
    case 'record.drop':
      return dropRecord(tables, change, undo)
    case 'slot':
      return applySlot(tables, change, undo)
    case 'hold':
      return applyHold(tables, change, undo)
    case 'window.take':
      return takeWindow(tables, change, undo)
    case 'quota.take':
    case 'quota.return':
    case 'quota.raise':
    case 'quota.block':
      return applyQuota(tables, change, undo)
  }
}

const applyCertain = (tables: Tables, change: CertainChange): Outcome => {
  switch (change.type) {
    case 'window.book':
      return bookWindow(tables, change)
    case 'work.put': {
      const lost: number[] = []
      change.items.forEach((item, index) => {
        if (!putWork(tables, item, change.sooner === true)) lost.push(index)
      })
      return { type: 'bulk', lost }
    }
    case 'work.advance':
      return applyAdvance(tables, change)
    case 'work.release':
      return applyRelease(tables, change)
    case 'work.finish':
      return applyFinish(tables, change)
    case 'work.drop':
      dropWork(tables, change.kind, change.parent)
      return done
    case 'settle':
      return applySettle(tables, change)
    case 'block.put':
      for (const item of change.items) putBlock(tables, item, change.unlessLater ?? false)
      return done
    case 'block.drop':
      for (const item of change.items) dropBlock(tables, item)
      return done
    case 'epoch.bump':
      for (const key of change.keys) tables.epochs.set(key, (tables.epochs.get(key) ?? 0) + 1)
      return done
    case 'recipients.append':
      appendRecipients(tables, change)
      return done
    case 'recipients.drop':
      dropRecipients(tables, change)
      return done
    case 'recipients.erase':
      eraseRecipients(tables, change)
      return done
    case 'count':
      applyCount(tables, change)
      return done
    case 'erase':
      return { type: 'counted', count: eraseMessages(tables, change) }
    case 'fold':
      return { type: 'counted', count: 0 }
    case 'purge':
      return { type: 'counted', count: purgeRows(tables, change) }
  }
}

const firstRefusal = (tables: Tables, bundle: Bundle, undo: Undo): Refusal | null => {
  for (const guard of bundle.guards) {
    const refusal = checkGuard(tables, guard, undo)
    if (refusal !== null) return refusal
  }
  for (const change of bundle.changes) {
    const refusal = isRefusing(change) ? tryRefusing(tables, change, undo) : null
    if (refusal !== null) return refusal
  }
  return null
}

/**
 * Guards in their order, then the changes that may refuse in theirs, with a way back; only then the bulk ones, which
 * cannot refuse and touch nothing the others look at. So the batch path keeps no way back.
 * @throws ADAPTER_FAILED when a change is not well-formed; then nothing of this bundle was applied.
 */
export const applyBundle = (tables: Tables, bundle: Bundle): BundleResult => {
  const undo: Undo = []
  try {
    const refusal = firstRefusal(tables, bundle, undo)
    if (refusal !== null) {
      takeBack(undo)
      return { applied: false, refusal }
    }
  } catch (cause) {
    takeBack(undo)
    throw new MailError('ADAPTER_FAILED', { adapter: 'memory' }, { cause })
  }
  const outcomes = bundle.changes.map((change) => (isRefusing(change) ? done : applyCertain(tables, change)))
  return { applied: true, outcomes }
}
