import { type Code, isMailError, MailError } from '@mailwright/core'

interface DriverError {
  readonly code?: unknown
  readonly table?: unknown
  readonly constraint?: unknown
}

export const codeOf = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return ''
  const { code } = error as DriverError
  return typeof code === 'string' ? code : ''
}

const full = new Set(['53100', 'ENOSPC', 'EDQUOT'])
/** Refused by a server that only reads, such as one that was the primary until a moment ago; by our own limit on what a session may hold. */
const READ_ONLY = '25006'
const IDLE_IN_TRANSACTION = '25P03'
const unreachable = new Set([
  READ_ONLY,
  IDLE_IN_TRANSACTION,
  '53300',
  '57P01',
  '57P02',
  '57P03',
  '57P05',
  'EADDRNOTAVAIL',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'EMFILE',
  'ENETUNREACH',
  'ENFILE',
  'ENOBUFS',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
])
/** What the driver says of a statement whose answer did not come in time. */
const UNANSWERED = 'Query read timeout'
// The driver has no codes for these.
const broken =
  /terminat|not queryable|timeout exceeded when trying to connect|query read timeout|after calling end|closed/i

const kindOf = (error: unknown): Code => {
  const code = codeOf(error)
  if (full.has(code)) return 'STORAGE_FULL'
  if (unreachable.has(code) || code.startsWith('08')) return 'STORAGE_UNAVAILABLE'
  if (code === '' && error instanceof Error && broken.test(error.message)) return 'STORAGE_UNAVAILABLE'
  return 'ADAPTER_FAILED'
}

/** The connection leads to nobody who answers, or to a server that takes no writes: the next one may lead to another. */
export const isDeadEnd = (error: unknown): error is Error =>
  error instanceof Error && (codeOf(error) === READ_ONLY || error.message === UNANSWERED)

/** Serialisation failure or deadlock: the same call may succeed when repeated. */
export const isRetryable = (error: unknown): boolean => {
  const code = codeOf(error)
  return code === '40001' || code === '40P01'
}

/** Refused only because an earlier statement of its transaction had failed. */
export const isConsequence = (error: unknown): boolean => codeOf(error) === '25P02'

const takenForNew: readonly unknown[] = ['message_pkey', 'recipient_pkey']

/** A message or a recipient that was taken for new is there already: the same call succeeds when it skips those it meets. */
export const isKnownRow = (error: unknown): boolean =>
  codeOf(error) === '23505' && takenForNew.includes((error as DriverError).constraint)

/** The driver's own messages quote values, so only what names the place goes on (ERR-2). */
const causeOf = (error: unknown, operation: string): unknown => {
  if (codeOf(error) === '') return error
  const { table, constraint } = (typeof error === 'object' && error !== null ? error : {}) as DriverError
  const code = codeOf(error)
  const cause = new Error(`${operation}: ${code}`)
  return Object.assign(cause, { adapter: 'postgres', operation, code, table, constraint })
}

/** Runs one verb and turns the driver's errors into STORAGE_UNAVAILABLE, STORAGE_FULL or ADAPTER_FAILED. */
export const run = async <Result>(operation: string, verb: () => Promise<Result>): Promise<Result> => {
  try {
    return await verb()
  } catch (error) {
    if (isMailError(error)) throw error
    throw new MailError(kindOf(error), { adapter: 'postgres', operation }, { cause: causeOf(error, operation) })
  }
}
