import type { Logger } from '../ports/logger.js'

/** A library is silent unless its host gives it a logger. */
export const silentLogger: Logger = { log: () => undefined }
