import { createHash } from 'node:crypto'
import type { Instant, Reply } from '@mailwright/core'
import { textOf } from './fields.js'
import { notReadable } from './refusals.js'

/** Beyond this JavaScript has no date. */
const LAST_INSTANT = 8.64e15

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * Our id from a tag (`id`) or a Message-ID (`<id@domain>`), the first that holds one; null for everybody else's. Tags come first: the
 * Message-ID that several recipients of one regular mail share holds the id of their request.
 */
export const messageOf = (...candidates: readonly unknown[]): string | null => {
  for (const candidate of candidates) {
    const id = (textOf(candidate).slice(0, 1000).trim().replace(/^</, '').split('@', 1)[0] ?? '').toLowerCase()
    if (UUID.test(id)) return id
  }
  return null
}

/** The instant of an ISO 8601 text. @throws EVENT_INVALID */
export const instantOf = (value: unknown): Instant => {
  const at = Date.parse(textOf(value))
  if (Number.isNaN(at)) throw notReadable('a time in ISO 8601')
  return at
}

/** The instant of whole or broken seconds since 1970, as a number or as its text; null if it is none. */
export const secondsIn = (value: unknown): Instant | null => {
  const at = typeof value === 'number' || textOf(value).trim() !== '' ? Math.round(Number(value) * 1000) : Number.NaN
  return Math.abs(at) <= LAST_INSTANT ? at : null
}

/** @throws EVENT_INVALID */
export const secondsOf = (value: unknown): Instant => {
  const at = secondsIn(value)
  if (at === null) throw notReadable('a time in seconds')
  return at
}

export const recipientOf = (value: unknown): string | null => (textOf(value) === '' ? null : textOf(value))

/** RFC 3463, and no part of an IP address: a refusal that quotes one says nothing about the mailbox. */
const STATUS_INSIDE = /(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/

const codeOf = (given: unknown, text: string): number | null => {
  if (Number.isInteger(given) && Number(given) >= 200 && Number(given) <= 599) return Number(given)
  const seen = /^\s*([245]\d\d)(?:[ -]|$)/.exec(text)?.[1]
  return seen === undefined ? null : Number(seen)
}

/**
 * The SMTP reply in what a provider quotes of it (`smtp; 550 5.1.1 unknown`). A status without a code stands for the general code of its class, as in a DSN; null when
 * there is neither.
 */
export const replyOf = (quoted: unknown, code: unknown = null, status: unknown = null): Reply | null => {
  const text = textOf(quoted)
    .slice(0, 2000)
    .replace(/^\s*smtp;\s*/i, '')
  const stated = /^[245]\.\d{1,3}\.\d{1,3}$/.exec(textOf(status))?.[0] ?? null
  const number = codeOf(code, text) ?? (stated === null ? null : Number(stated.charAt(0)) * 100 + 50)
  return number === null ? null : { code: number, enhanced: stated ?? STATUS_INSIDE.exec(text)?.[1] ?? null, text }
}

/** Lists and objects are left out: hostile ones are too deep to be written. */
const plainOf = (part: unknown): string | number | null =>
  typeof part === 'string' || typeof part === 'number' ? part : null

/** A key for events that the provider gave none: the same fields have the same key, whatever stands in them. */
export const keyOf = (...parts: readonly unknown[]): string =>
  createHash('sha256')
    .update(JSON.stringify(parts.map(plainOf)))
    .digest('base64url')
