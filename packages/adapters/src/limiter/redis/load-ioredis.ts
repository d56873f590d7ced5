import { MailError } from '@mailwright/core'

export type Ioredis = typeof import('ioredis')

const isMissing = (cause: unknown): boolean =>
  cause instanceof Error &&
  'code' in cause &&
  (cause.code === 'ERR_MODULE_NOT_FOUND' || cause.code === 'MODULE_NOT_FOUND')

/** Loads the optional peer only when something is limited. Throws PEER_MISSING with the install line. */
export const loadIoredis = async (load: () => Promise<Ioredis> = () => import('ioredis')): Promise<Ioredis> => {
  try {
    return await load()
  } catch (cause) {
    if (!isMissing(cause)) throw cause
    throw new MailError('PEER_MISSING', { package: 'ioredis', install: 'npm install ioredis' }, { cause })
  }
}
