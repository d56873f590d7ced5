import { MailError } from '@mailwright/core'
import type { createTransport } from 'nodemailer'

const isMissing = (cause: unknown): boolean =>
  cause instanceof Error &&
  'code' in cause &&
  (cause.code === 'ERR_MODULE_NOT_FOUND' || cause.code === 'MODULE_NOT_FOUND')

/** Loads the optional peer only when the first mail is sent. Throws PEER_MISSING with the install line. */
export const loadNodemailer = async (
  load: () => Promise<{ readonly createTransport: typeof createTransport }> = () => import('nodemailer'),
): Promise<typeof createTransport> => {
  try {
    return (await load()).createTransport
  } catch (cause) {
    if (!isMissing(cause)) throw cause
    throw new MailError('PEER_MISSING', { package: 'nodemailer', install: 'npm install nodemailer' }, { cause })
  }
}
