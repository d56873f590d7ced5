import type { Change } from '@mailwright/core'
import type { SqlSession, SqlTransaction } from '../client.js'
import { eraseMessages } from './erase.js'
import { foldTallies } from './fold.js'
import { purgeRows } from './purge.js'
import { type SettleStep, settle } from './settle.js'
import { addCounts, noSums, type TallySums, writeTallies } from './tallies.js'

type Keeping = Extract<Change, { type: 'erase' | 'purge' | 'fold' }>

/** One of the changes that answer a count, known once it is carried out. */
export interface Upkeep {
  readonly type: 'upkeep'
  readonly change: Keeping
  count: number
}

/** What is asked of messages, events and counters, in the order of the changes: an erasure or a purge sees what was stored before it, and only that. */
export type Stage =
  | { readonly type: 'settle'; readonly steps: SettleStep[] }
  | { readonly type: 'count'; readonly change: Extract<Change, { type: 'count' }> }
  | Upkeep

/** Settles that follow one another are carried out together. */
export const settleStageOf = (stages: Stage[]): SettleStep[] => {
  const last = stages[stages.length - 1]
  if (last?.type === 'settle') return last.steps
  const steps: SettleStep[] = []
  stages.push({ type: 'settle', steps })
  return steps
}

const keep = (session: SqlSession, s: string, change: Keeping): Promise<number> => {
  switch (change.type) {
    case 'erase':
      return eraseMessages(session, s, change)
    case 'purge':
      return purgeRows(session, s, change)
    case 'fold':
      return foldTallies(session, s, change)
  }
}

/** Answers what is still to be added to the tallies: they are among the last rows to be locked. */
export const runStages = async (
  session: SqlTransaction,
  s: string,
  stages: readonly Stage[],
  careful: boolean,
): Promise<TallySums> => {
  let sums = noSums()
  for (const stage of stages) {
    if (stage.type === 'settle') await settle(session, s, stage.steps, sums, careful)
    else if (stage.type === 'count') addCounts(sums, stage.change)
    else {
      writeTallies(session, s, sums)
      sums = noSums()
      stage.count = await keep(session, s, stage.change)
    }
  }
  return sums
}
