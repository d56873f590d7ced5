import { LOG_EVENTS } from '../../ports/log-events.js'
import type { Logger } from '../../ports/logger.js'
import type { Metrics } from '../../ports/metrics.js'

/** The same logger; counts warnings and errors by their names. */
export const measuredLogger = (logger: Logger, metrics: Metrics): Logger => ({
  log(level, event, fields) {
    const known = LOG_EVENTS.find((name) => name === event)
    if (known && (level === 'warn' || level === 'error')) metrics.add('log.events', 1, { event: known, level })
    logger.log(level, event, fields)
  },
})
