import { lastBlockWins } from './blocks.js'
import { forgetful, overGranting, quotaKeptOnRefusal } from './grants.js'
import { clockReading, doubleClaiming } from './leases.js'
import type { StorageMutant } from './mutant.js'
import { followIgnoresLosers, lateBitOverwrites, staleOutcomeDropped, wholeBulkFails } from './outcomes.js'
import { eraseForgetsEvents, purgeTakesYounger } from './removals.js'
import { countDoubles, edgesOffByOne, foldLoses, recordsUnbounded } from './reports.js'

export type { StorageMutant } from './mutant.js'

/** The mistakes the storage suite is known to find. */
export const storageMutants: readonly StorageMutant[] = [
  overGranting,
  wholeBulkFails,
  staleOutcomeDropped,
  quotaKeptOnRefusal,
  doubleClaiming,
  lateBitOverwrites,
  forgetful,
  clockReading,
  followIgnoresLosers,
  countDoubles,
  edgesOffByOne,
  recordsUnbounded,
  foldLoses,
  purgeTakesYounger,
  eraseForgetsEvents,
  lastBlockWins,
]
