import { bullmq } from '@mailwright/adapters/queue/bullmq'
import { smtp } from '@mailwright/adapters/transport/smtp'
import { isMailError, type Logger, MailError, type MailServiceOptions, type Transport } from '@mailwright/core'
import type { Io } from '../io.js'
import { usageError } from '../usage-error.js'
import { missingVariable } from './environment.js'
import type { Settings } from './settings.js'
import { type Migrate, storageOf } from './storage.js'

/** For commands that hand nothing over, so that they need no relay. */
const noTransport: Transport = {
  name: 'none',
  capabilities: {
    concurrency: 1,
    maxBytes: 25 * 1024 * 1024,
    idempotent: false,
    smtpUtf8: false,
    sourceAddress: false,
    direct: false,
  },
  send: () => Promise.reject(new MailError('NOT_SUPPORTED', { transport: 'none' })),
  close: async () => undefined,
}

export interface Purpose {
  readonly migrate: Migrate
  /** Whether this process hands mail over by itself, from `start()` on. */
  readonly worker: boolean
  /** Whether a relay must be known. */
  readonly sends: boolean
  readonly logger: Logger
}

/** The transport speaks of its own option; the operator knows a variable. */
function smtpTo(url: string): Transport {
  try {
    return smtp({ url })
  } catch (error) {
    if (!isMailError(error, 'OPTIONS_INVALID')) throw error
    throw usageError('SMTP_URL', String(error.details.expected))
  }
}

function transportOf(io: Io, { environment, file }: Settings, { sends }: Purpose): Transport | null {
  const relay = file.transport ?? environment.SMTP_URL
  if (relay !== undefined) return typeof relay === 'string' ? smtpTo(relay) : relay
  if (file.dev === true) return null
  if (sends) throw missingVariable(io, 'SMTP_URL')
  return noTransport
}

function secretsOf(io: Io, { environment, file }: Settings): MailServiceOptions['secret'] {
  const { MAIL_SECRET, MAIL_SECRET_ALSO } = environment
  if (file.secret !== undefined) return file.secret
  if (MAIL_SECRET === undefined) throw missingVariable(io, 'MAIL_SECRET')
  return MAIL_SECRET_ALSO === undefined ? MAIL_SECRET : [MAIL_SECRET, MAIL_SECRET_ALSO]
}

/** The options of the service, of the environment and the file. @throws OPTIONS_INVALID naming what is missing or wrong */
export function serviceOptions(io: Io, settings: Settings, purpose: Purpose): MailServiceOptions {
  const { ensure: _ensure, authorize: _authorize, storage: _storage, transport: _transport, ...options } = settings.file
  const { PUBLIC_URL: publicUrl, REDIS_URL, DATABASE_SCHEMA } = settings.environment
  const secret = secretsOf(io, settings)
  const transport = transportOf(io, settings, purpose)
  const storage = storageOf(io, settings, purpose.migrate)
  // A schema is an installation: those that share a Redis do not ring for one another.
  const queue = REDIS_URL === undefined ? null : bullmq({ url: REDIS_URL, prefix: DATABASE_SCHEMA ?? 'mailwright' })
  return {
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(transport === null ? {} : { transport }),
    ...(queue === null ? {} : { queue }),
    logger: purpose.logger,
    ...options,
    storage,
    secret,
    worker: purpose.worker,
  }
}
