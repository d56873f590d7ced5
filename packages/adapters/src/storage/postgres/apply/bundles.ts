import {
  type Bundle,
  type BundleResult,
  type CertainChange,
  type Change,
  type Guard,
  isRefusing,
  type Outcome,
  type Refusal,
  type RefusingChange,
} from '@mailwright/core'
import type { BlockStep } from './blocks.js'
import { bookWindow, type CounterTables, moveQuota, moveSlot, takeOnce, takeWindow } from './counters.js'
import { checkUnheld, endHoldsOf, setHold } from './holds.js'
import type { Picture } from './picture.js'
import type { RecipientChange } from './recipients.js'
import { checkPresent, dropRecord, putRecord } from './records.js'
import type { SettleStep } from './settle.js'
import { takeBack, type Undo } from './shelf.js'
import { type Stage, settleStageOf, type Upkeep } from './stages.js'
import { advanceWork, checkHolder, dropWork, finishWork, putFollowUp, putWork, releaseWork } from './work.js'

/** What the applied bundles ask of the tables that are not locked beforehand, in the order of the changes. */
export interface Plan {
  readonly stages: Stage[]
  readonly blocks: BlockStep[]
  readonly bumps: Map<string, number>
  readonly recipients: RecipientChange[]
}

export const emptyPlan = (): Plan => ({ stages: [], blocks: [], bumps: new Map(), recipients: [] })

const done: Outcome = { type: 'done' }
const always = (): boolean => true

const checkGuard = (tables: CounterTables, picture: Picture, guard: Guard, undo: Undo): Refusal | null => {
  switch (guard.type) {
    case 'present':
      return checkPresent(picture.records, guard)
    case 'holder':
      return checkHolder(picture.work, guard)
    case 'unheld':
      return checkUnheld(picture.holds, guard.ref)
    case 'once':
      return takeOnce(tables, picture.once, guard, undo)
  }
}

const tryRefusing = (tables: CounterTables, picture: Picture, change: RefusingChange, undo: Undo): Refusal | null => {
  switch (change.type) {
    case 'record.put':
      return putRecord(picture.records, change, undo)
    case 'record.drop': {
      const refusal = dropRecord(picture.records, change, undo)
      if (refusal === null) endHoldsOf(picture.holds, change.id, undo)
      return refusal
    }
    case 'slot':
      return moveSlot(tables, picture.slots, change, undo)
    case 'hold':
      return setHold(picture.holds, picture.records, change, undo)
    case 'window.take':
      return takeWindow(tables, picture.windows, change, undo)
    case 'quota.take':
    case 'quota.return':
    case 'quota.raise':
    case 'quota.block':
      return moveQuota(tables, picture.quotas, change, undo)
  }
}

const planSettle = (picture: Picture, plan: Plan, change: Extract<Change, { type: 'settle' }>): Outcome => {
  const steps = change.items.map((item): SettleStep => ({ item, shard: change.shard, won: false }))
  const stage = settleStageOf(plan.stages)
  for (const step of steps) {
    stage.push(step)
    const { block, work } = step.item
    const wanted = (): boolean => step.won
    if (block !== null) plan.blocks.push({ id: block, row: block, unlessLater: true, wanted })
    if (work !== null) putFollowUp(picture.work, work, wanted)
  }
  for (const { work, parts } of change.follow ?? []) {
    const won = () => parts.filter(({ item }) => steps[item]?.won === true).map(({ part }) => part)
    putFollowUp(
      picture.work,
      work,
      () => won().length > 0,
      () => ({ ...work.ref, parts: won() }),
    )
  }
  // Read when the plan has been carried out.
  return {
    type: 'bulk',
    get lost() {
      return steps.flatMap((step, index) => (step.won ? [] : [index]))
    },
  }
}

const planUpkeep = (plan: Plan, change: Upkeep['change']): Outcome => {
  const stage: Upkeep = { type: 'upkeep', change, count: 0 }
  plan.stages.push(stage)
  return {
    type: 'counted',
    get count() {
      return stage.count
    },
  }
}

const applyCertain = (tables: CounterTables, picture: Picture, plan: Plan, change: CertainChange): Outcome => {
  switch (change.type) {
    case 'window.book':
      return bookWindow(tables, picture.windows, change)
    case 'work.put':
      return putWork(picture.work, change)
    case 'work.advance': {
      const epochs = change.watch.map((key) => (picture.epochs.get(key) ?? 0) + (plan.bumps.get(key) ?? 0))
      return { type: 'advanced', held: advanceWork(picture.work, change), epochs }
    }
    case 'work.release':
      return releaseWork(picture.work, change)
    case 'work.finish':
      return finishWork(picture.work, change)
    case 'work.drop':
      dropWork(picture.work, change.kind, change.parent)
      return done
    case 'settle':
      return planSettle(picture, plan, change)
    case 'block.put':
      for (const row of change.items)
        plan.blocks.push({ id: row, row, unlessLater: change.unlessLater ?? false, wanted: always })
      return done
    case 'block.drop':
      for (const id of change.items) plan.blocks.push({ id, row: null, unlessLater: false, wanted: always })
      return done
    case 'epoch.bump':
      for (const key of change.keys) plan.bumps.set(key, (plan.bumps.get(key) ?? 0) + 1)
      return done
    case 'recipients.append':
    case 'recipients.drop':
    case 'recipients.erase':
      plan.recipients.push(change)
      return done
    case 'count':
      plan.stages.push({ type: 'count', change })
      return done
    case 'erase':
    case 'purge':
    case 'fold':
      return planUpkeep(plan, change)
  }
}

const firstRefusal = (tables: CounterTables, picture: Picture, bundle: Bundle, undo: Undo): Refusal | null => {
  for (const guard of bundle.guards) {
    const refusal = checkGuard(tables, picture, guard, undo)
    if (refusal !== null) return refusal
  }
  for (const change of bundle.changes) {
    const refusal = isRefusing(change) ? tryRefusing(tables, picture, change, undo) : null
    if (refusal !== null) return refusal
  }
  return null
}

/**
 * Guards in their order, then the changes that may refuse in theirs, with a way back; then the bulk ones, which cannot refuse and
 * touch nothing the others look at. Nothing is written here.
 */
export const decideBundle = (tables: CounterTables, picture: Picture, plan: Plan, bundle: Bundle): BundleResult => {
  const undo: Undo = []
  const refusal = firstRefusal(tables, picture, bundle, undo)
  if (refusal !== null) {
    takeBack(undo)
    return { applied: false, refusal }
  }
  return {
    applied: true,
    outcomes: bundle.changes.map((change) => (isRefusing(change) ? done : applyCertain(tables, picture, plan, change))),
  }
}

const finalOutcome = (outcome: Outcome): Outcome => {
  if (outcome.type === 'bulk') return { type: 'bulk', lost: [...outcome.lost].sort((a, b) => a - b) }
  return outcome.type === 'counted' ? { ...outcome } : outcome
}

/** The answer as plain data, once the plan has been carried out. */
export const finalResult = (result: BundleResult): BundleResult =>
  result.applied
    ? {
        applied: true,
        outcomes: result.outcomes.map(finalOutcome),
      }
    : result
