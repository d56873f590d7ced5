import type { Check } from './finding.js'

export const durable: Check = ({ storage }) =>
  storage.capabilities.durable
    ? []
    : [
        {
          level: 'warning',
          code: 'STORAGE_NOT_DURABLE',
          message: `The storage ${storage.name} forgets everything when the process ends.`,
          fix: 'Use it for tests only; take pglite(folder) or postgres({ url }) to keep mail.',
        },
      ]

/** A queue is for several processes, and so has the storage to be. */
export const sharedByAll: Check = ({ storage }, { queue }) =>
  queue === null || storage.capabilities.concurrentWriters
    ? []
    : [
        {
          level: 'warning',
          code: 'STORAGE_NOT_SHARED',
          message: `The storage ${storage.name} belongs to one process at a time, but there is a queue between processes.`,
          fix: 'Use postgres({ url }) or fromPg(pool), or leave the queue out.',
        },
      ]

/** What the queue says of what it stands on. */
export const queueStands: Check = (_, { queue }) => queue?.inspect() ?? []
