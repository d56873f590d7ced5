import { forgetful, overGranting, quotaKeptOnRefusal } from './grants.js'
import { clockReading, doubleClaiming } from './leases.js'
import type { StorageMutant } from './mutant.js'
import { lateBitOverwrites, staleOutcomeDropped, wholeBulkFails } from './outcomes.js'

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
]
