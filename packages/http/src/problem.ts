import { codes, isMailError, MailError } from '@mailwright/core'
import { ReadyResponse } from './ready-response.js'
import { statusOf } from './status.js'

const CLIENT_MAY_KNOW = new Set(['input', 'refused', 'conflict'])

/**
 * Problem details (RFC 9457) for whatever was thrown. Only the message of the code table and, if the caller can act on them, the details are told; what
 * is wrong with the program or behind it stays inside.
 */
export function problemResponse(thrown: unknown, onError?: (error: unknown) => void): Response {
  const error = isMailError(thrown) && Object.hasOwn(codes, thrown.code) ? thrown : wrapped(thrown)
  const status = statusOf(error.code)
  if (status >= 500) onError?.(thrown)
  const mayKnow = CLIENT_MAY_KNOW.has(codes[error.code].kind)
  const body = {
    type: `urn:mailwright:error:${error.code}`,
    title: codes[error.code].message,
    status,
    ...(mayKnow ? { detail: error.message } : {}),
    code: error.code,
    details: mayKnow ? error.details : {},
  }
  return new ReadyResponse(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headersOf(error) },
  })
}

const wrapped = (cause: unknown): MailError => new MailError('INTERNAL_ERROR', {}, { cause })

/** RFC 9110 §15.5.6 wants Allow; Retry-After (§10.2.3) as a date needs no clock here. */
function headersOf({ code, details }: MailError): Record<string, string> {
  const { allow, until } = details
  return {
    // RFC 9110 §15.5.9: what is left of the body is not waited for.
    ...(code === 'BODY_INCOMPLETE' ? { connection: 'close' } : {}),
    ...(Array.isArray(allow) ? { allow: allow.join(', ') } : {}),
    ...(typeof until === 'number' && Number.isFinite(until) ? { 'retry-after': new Date(until).toUTCString() } : {}),
  }
}
