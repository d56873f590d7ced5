import { createMailService, type Logger, type MailService } from '@mailwright/core'
import { type Purpose, serviceOptions } from '../config/service-options.js'
import { readSettings, type Settings } from '../config/settings.js'
import type { Io } from '../io.js'
import { jsonLines } from '../json-lines.js'
import { textFlag, type Words } from './command.js'

export const settingsOf = (io: Io, words: Words): Promise<Settings> =>
  readSettings(io, { config: textFlag(words, 'config'), storage: textFlag(words, 'storage') })

export interface OpenService {
  readonly mail: MailService
  readonly settings: Settings
  readonly logger: Logger
}

/**
 * The service as flags, environment and configuration file say. Whoever opens it stops it. `migrate`: left out, as the environment says.
 * @throws OPTIONS_INVALID naming what is missing or wrong, and what `createMailService` throws
 */
export async function openService(
  io: Io,
  words: Words,
  purpose: Pick<Purpose, 'worker' | 'sends'> & Partial<Pick<Purpose, 'migrate'>>,
): Promise<OpenService> {
  const settings = await settingsOf(io, words)
  const { LOG_LEVEL, MIGRATE: migrate } = settings.environment
  const logger = jsonLines(io.err, LOG_LEVEL)
  const mail = await createMailService(serviceOptions(io, settings, { migrate, ...purpose, logger }))
  return { mail, settings, logger }
}
