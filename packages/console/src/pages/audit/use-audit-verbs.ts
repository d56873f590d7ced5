import type { Verb } from '@mailwright/core'
import { useCaller } from '../../api/caller.js'
import { operations } from '../../api/operations.js'

/** Reads, which leave no record. */
const reads = new Set<string>(
  Object.entries(operations)
    .filter(([, place]) => place.startsWith('GET '))
    .map(([name]) => name),
)

/** What a record can be about, as far as whoever reads the audit may do it: an admin may do all. */
export function useAuditVerbs(): readonly Verb[] {
  const { operations: allowed } = useCaller()
  return allowed.filter((name): name is Verb => !reads.has(name) && name !== 'doctor' && name !== 'tick').sort()
}
