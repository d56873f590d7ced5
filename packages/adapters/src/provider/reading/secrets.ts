import { createHash, timingSafeEqual } from 'node:crypto'
import { type Instant, MailError, type RawRequest } from '@mailwright/core'
import { notSigned } from './refusals.js'

const digest = (value: string | Uint8Array) => createHash('sha256').update(value).digest()

/** Equal in constant time, also for different lengths. */
export const same = (one: string | Uint8Array, other: string | Uint8Array): boolean =>
  timingSafeEqual(digest(one), digest(other))

/** @throws EVENT_SIGNATURE_INVALID when `at` (ms) is further from `now` than `toleranceSeconds`, before or after */
export const checkAge = (at: Instant, now: Instant, toleranceSeconds: number): void => {
  if (!(Math.abs(now - at) <= toleranceSeconds * 1000)) throw notSigned('too old or of the future')
}

/** What a provider without signatures is told to send with each event. */
export type SharedSecret =
  | { readonly type: 'basic'; readonly user: string; readonly password: string }
  | { readonly type: 'header'; readonly name: string; readonly value: string }
  /** The last segment of the path: `/hooks/postmark/<value>`, of letters, digits and `-._~`. */
  | { readonly type: 'path'; readonly value: string }

/** Guessing must be hopeless: 24 characters of base64url are 144 bits. */
const SHORTEST = 24

const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/

/** What is wrong with it; null: nothing. An environment variable that is not set is no secret. */
const fault = (secret: SharedSecret | undefined): string | null => {
  const value = secret?.type === 'basic' ? secret.password : secret?.value
  if (typeof value !== 'string' || value.length < SHORTEST) return `at least ${SHORTEST} characters`
  if (secret?.type === 'path' && !/^[\w.~-]+$/.test(value)) return 'letters, digits and -._~'
  return secret?.type === 'header' && !TOKEN.test(secret.name) ? 'the name of a header' : null
}

const shown = (secret: SharedSecret, { headers, url }: RawRequest): string => {
  if (secret.type === 'header') return headers.get(secret.name) ?? ''
  if (secret.type === 'basic') return headers.get('authorization') ?? ''
  return (url.split(/[?#]/, 1)[0] ?? '').split('/').at(-1) ?? ''
}

const expectedOf = (secret: SharedSecret): string =>
  secret.type === 'basic'
    ? `Basic ${Buffer.from(`${secret.user}:${secret.password}`).toString('base64')}`
    : secret.value

/** @throws OPTIONS_INVALID for a secret that can be guessed, or that no request could show */
export const secretCheck = (secret: SharedSecret): ((request: RawRequest) => void) => {
  const expectation = fault(secret)
  if (expectation !== null) throw new MailError('OPTIONS_INVALID', { field: 'secret', expected: expectation })
  const expected = expectedOf(secret)
  return (request) => {
    if (!same(shown(secret, request), expected)) throw notSigned('the shared secret')
  }
}
