import type { Instant } from '@mailwright/core'

/** What BullMQ goes by when it looks whether a delayed job is due. */
export const machineNow = (): Instant => Date.now()
