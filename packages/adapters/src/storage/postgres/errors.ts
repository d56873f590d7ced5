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
const unreachable = new Set([
  '53300',
  '57P01',
  '57P02',
  '57P03',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
])
// The driver has no codes for these.
const broken = /terminat|not queryable|timeout exceeded when trying to connect|after calling end|closed/i

const kindOf = (error: unknown): Code => {
  const code = codeOf(error)
  if (full.has(code)) return 'STORAGE_FULL'
  if (unreachable.has(code) || code.startsWith('08')) return 'STORAGE_UNAVAILABLE'
  if (code === '' && error instanceof Error && broken.test(error.message)) return 'STORAGE_UNAVAILABLE'
  return 'ADAPTER_FAILED'
}

/** Serialisation failure or deadlock: the same call may succeed when repeated. */
export const isRetryable = (error: unknown): boolean => {
  const code = codeOf(error)
  return code === '40001' || code === '40P01'
}

/** A message that was taken for new has been settled before: the same call succeeds when it skips those it meets. */
export const isKnownMessage = (error: unknown): boolean =>
  codeOf(error) === '23505' && (error as DriverError).constraint === 'message_pkey'

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
