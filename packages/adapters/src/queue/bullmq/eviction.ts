import type { Finding } from '@mailwright/core'

const WANTED = 'noeviction'
const fix = 'Set maxmemory-policy to noeviction on the Redis server of the queue.'

/** Reads the answer to `INFO memory`, which managed servers give where they refuse CONFIG. */
export const evictionFindings = (info: string): readonly Finding[] => {
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1]
  if (policy === WANTED) return []
  if (policy === undefined) return [unknownPolicy('INFO memory does not tell it')]
  return [
    {
      level: 'warning',
      code: 'QUEUE_EVICTS',
      message: `The Redis server of the queue may drop its keys when memory is short (maxmemory-policy ${policy}): rings get lost, and their work waits for the sweep.`,
      fix,
      details: { policy },
    },
  ]
}

export const unknownPolicy = (why: string): Finding => ({
  level: 'warning',
  code: 'QUEUE_POLICY_UNKNOWN',
  message: `The maxmemory-policy of the queue's Redis server could not be read: ${why}.`,
  fix: `${fix} Or let the queue's user call INFO, so that it can be checked.`,
})

export const unreachable = (why: string): Finding => ({
  level: 'warning',
  code: 'QUEUE_UNREACHABLE',
  message: `The Redis server of the queue cannot be reached (${why}): work put by other processes waits for the sweep, a second at most.`,
  fix: 'Check the address, the login and the network of the queue. Nothing is lost meanwhile.',
})
