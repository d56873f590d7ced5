import { MailError } from '@mailwright/core'
import type { SMTPServer } from 'smtp-server'

const isMissing = (cause: unknown): boolean =>
  cause instanceof Error &&
  'code' in cause &&
  (cause.code === 'ERR_MODULE_NOT_FOUND' || cause.code === 'MODULE_NOT_FOUND')

/** Loads the optional peer only when the intake starts. Throws PEER_MISSING with the install line. */
export const loadSmtpServer = async (
  load: () => Promise<{ readonly SMTPServer: typeof SMTPServer }> = () => import('smtp-server'),
): Promise<typeof SMTPServer> => {
  try {
    return (await load()).SMTPServer
  } catch (cause) {
    if (!isMissing(cause)) throw cause
    throw new MailError('PEER_MISSING', { package: 'smtp-server', install: 'npm install smtp-server' }, { cause })
  }
}
