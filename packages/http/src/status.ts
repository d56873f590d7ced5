import { type Code, codes, type ErrorKind } from '@mailwright/core'

/** The only place where HTTP's numbers are written. */
export const status = {
  ok: 200,
  created: 201,
  noContent: 204,
  found: 302,
  seeOther: 303,
  notFound: 404,
  unavailable: 503,
} as const

const byKind: Readonly<Record<ErrorKind, number>> = {
  usage: 500,
  input: 400,
  refused: 422,
  conflict: 409,
  adapter: 503,
}

/** Codes for which HTTP has a number that says more than that of their kind. */
const exceptions: Readonly<Partial<Record<Code, number>>> = {
  NOT_SUPPORTED: 501,
  SERVICE_STOPPED: 503,

  ROUTE_UNKNOWN: 404,
  METHOD_NOT_ALLOWED: 405,
  BODY_TOO_LARGE: 413,
  BODY_TIMEOUT: 408,
  CONTENT_TYPE_UNSUPPORTED: 415,
  MESSAGE_TOO_LARGE: 413,
  TEMPLATE_TOO_LARGE: 413,
  CSV_TOO_LARGE: 413,

  NOT_FOUND: 404,
  UNAUTHENTICATED: 401,
  EVENT_SIGNATURE_INVALID: 401,
  FORBIDDEN: 403,
  CROSS_ORIGIN: 403,
  FREQUENCY_LIMIT: 429,
  DAILY_LIMIT: 429,
  LIMIT_REACHED: 409,
  GROUP_NOT_READY: 409,
  IN_USE: 409,
  STATE_INVALID: 409,

  INTERNAL_ERROR: 500,
  DATA_CORRUPT: 500,
  STORAGE_FULL: 507,
}

/** The HTTP status of a refusal (ERR-1). */
export const statusOf = (code: Code): number => exceptions[code] ?? byKind[codes[code].kind]
