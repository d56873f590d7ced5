import { hkdfSync, timingSafeEqual } from 'node:crypto'
import type { Instant } from '../ports/clock.js'
import { fromBase32, toBase32 } from './base32.js'
import { createMac, type Mac, MAC_OCTETS as TAG } from './mac.js'
import { uuidAt, writeUuid } from './uuid-octets.js'

/** What a return path of ours says. */
export interface ReadReturnPath {
  readonly message: string
  /** Start of the UTC day on which the mail was accepted or granted. */
  readonly issuedAt: Instant
}

/**
 * VERP: the envelope sender of each mail names it, so that a notice finds it without a lookup, and is signed, so that nobody else can send one (T14). 128-bit
 * tags under a key of their own; the first secret signs, all of the list are read. A retry has the same return path (REL-2).
 */
export interface ReturnPaths {
  of(mail: { readonly id: string; readonly acceptedAt: Instant }, domain: string): string
  /** null: not one of ours, changed, or older than `lifeDays`. Only the local part is looked at; its case does not matter. */
  read(address: string, now: Instant, lifeDays: number): ReadReturnPath | null
}

const PREFIX = 'bounces+'
const DAY = 86_400_000
/** One octet says which secret, two the day, sixteen the message; the tag makes it 35, which base32 writes as 56. */
const HEADER = 19
/** With the prefix 64, all that RFC 5321 §4.5.3.1.1 allows. */
const TOKEN_LENGTH = 56

interface Keys {
  readonly id: number
  readonly path: Mac
}

function keysOf(secret: string): Keys {
  const derive = (purpose: string, octets: number) =>
    Buffer.from(hkdfSync('sha256', secret, 'mailwright', `token/v1/${purpose}`, octets))
  return { id: derive('key-id', 1)[0] ?? 0, path: createMac(derive('return-path', 32)) }
}

export function createReturnPaths(secrets: string | readonly string[]): ReturnPaths {
  const all = (typeof secrets === 'string' ? [secrets] : secrets).map(keysOf)
  const [first] = all
  if (!first) throw new TypeError('no secret')
  return {
    of({ id, acceptedAt }, domain) {
      const token = Buffer.allocUnsafe(HEADER + TAG).fill(0)
      token[0] = first.id
      token.writeUInt16BE(Math.max(0, Math.min(0xffff, Math.floor(acceptedAt / DAY))), 1)
      writeUuid(token, id, 3)
      token.set(first.path.tag(token.subarray(0, HEADER)), HEADER)
      return `${PREFIX}${toBase32(token)}@${domain}`
    },
    read(address, now, lifeDays) {
      const at = address.lastIndexOf('@')
      const local = (at < 0 ? address : address.slice(0, at)).toLowerCase()
      if (local.length !== PREFIX.length + TOKEN_LENGTH || !local.startsWith(PREFIX)) return null
      const token = fromBase32(local.slice(PREFIX.length))
      if (!token) return null
      const header = token.subarray(0, HEADER)
      const signed = all.some(
        (keys) => keys.id === token[0] && timingSafeEqual(keys.path.tag(header), token.subarray(HEADER)),
      )
      const issuedAt = token.readUInt16BE(1) * DAY
      if (!signed || now - issuedAt >= (lifeDays + 1) * DAY) return null
      return { message: uuidAt(token, 3), issuedAt }
    },
  }
}
