import { MailError } from '@mailwright/core'
import type PQueue from 'p-queue'

const isMissing = (cause: unknown): boolean =>
  cause instanceof Error &&
  'code' in cause &&
  (cause.code === 'ERR_MODULE_NOT_FOUND' || cause.code === 'MODULE_NOT_FOUND')

/** Loads the optional peer only when a queue is used. Throws PEER_MISSING with the install line. */
export const loadPQueue = async (
  load: () => Promise<{ readonly default: typeof PQueue }> = () => import('p-queue'),
): Promise<typeof PQueue> => {
  try {
    return (await load()).default
  } catch (cause) {
    if (!isMissing(cause)) throw cause
    throw new MailError('PEER_MISSING', { package: 'p-queue', install: 'npm install p-queue' }, { cause })
  }
}
