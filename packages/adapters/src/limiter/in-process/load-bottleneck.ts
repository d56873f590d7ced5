import { MailError } from '@mailwright/core'
import type Bottleneck from 'bottleneck'

const isMissing = (cause: unknown): boolean =>
  cause instanceof Error &&
  'code' in cause &&
  (cause.code === 'ERR_MODULE_NOT_FOUND' || cause.code === 'MODULE_NOT_FOUND')

/** Loads the optional peer only when something is limited. Throws PEER_MISSING with the install line. */
export const loadBottleneck = async (
  load: () => Promise<{ readonly default: typeof Bottleneck }> = () => import('bottleneck'),
): Promise<typeof Bottleneck> => {
  try {
    return (await load()).default
  } catch (cause) {
    if (!isMissing(cause)) throw cause
    throw new MailError('PEER_MISSING', { package: 'bottleneck', install: 'npm install bottleneck' }, { cause })
  }
}
