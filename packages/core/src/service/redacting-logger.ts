import type { Logger } from '../ports/logger.js'
import { HIDDEN, placesOf, redactedError } from './redacted-text.js'
import { silentLogger } from './silent-logger.js'

/** Fields that hold ids, names of ours or closed words; a value of any other shape is hidden. */
const WORDS: ReadonlySet<string> = new Set([
  'account',
  'callback',
  'chore',
  'client',
  'code',
  'domain',
  'endpoint',
  'event',
  'group',
  'host',
  'id',
  'key',
  'kind',
  'loop',
  'message',
  'refusal',
  'relay',
  'selector',
  'source',
  'template',
  'transport',
  'version',
  'work',
  'works',
])
/** Fields that hold sentences, and what was thrown. */
const TEXTS: ReadonlySet<string> = new Set(['cause', 'effect', 'error', 'expected', 'why'])
const WORD = /^[\w.:+-]{1,128}$/

/**
 * What the logger's promise is kept by (T23): of each event only named fields come through, ids as they are, texts in plain words. Whatever is not on the list, and
 * whatever does not look like an id, is hidden. For adapters that are given a logger by the host; what the service logs has passed it already. Without a logger it is
 * silent.
 */
export const redactingLogger = (logger: Logger = silentLogger): Logger => ({
  log: (level, event, fields) =>
    logger.log(
      level,
      event,
      Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, redacted(name, value)])),
    ),
})

function redacted(name: string, value: unknown): unknown {
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') return value
  if (TEXTS.has(name)) return redactedError(value)
  if (name === 'stack') return placesOf(value)
  if (!WORDS.has(name)) return HIDDEN
  if (Array.isArray(value)) return value.map((one: unknown) => redacted(name, one))
  return typeof value === 'string' && (value === '' || WORD.test(value)) ? value : HIDDEN
}
