import { MailError } from '@mailwright/core'

export interface Peers {
  readonly bullmq: typeof import('bullmq')
  readonly ioredis: typeof import('ioredis')
}

const isMissing = (cause: unknown): boolean =>
  cause instanceof Error &&
  'code' in cause &&
  (cause.code === 'ERR_MODULE_NOT_FOUND' || cause.code === 'MODULE_NOT_FOUND')

/** Loads the optional peers only when a queue is used. Throws PEER_MISSING with the install line. */
export const loadPeers = async (
  load: () => Promise<Peers> = async () => ({ bullmq: await import('bullmq'), ioredis: await import('ioredis') }),
): Promise<Peers> => {
  try {
    return await load()
  } catch (cause) {
    if (!isMissing(cause)) throw cause
    const install = 'npm install bullmq ioredis'
    throw new MailError('PEER_MISSING', { package: 'bullmq, ioredis', install }, { cause })
  }
}
