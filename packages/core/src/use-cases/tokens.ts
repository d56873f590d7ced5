import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto'
import { type MailLinks, webTarget } from '../domain/template/index.js'
import type { Instant } from '../ports/clock.js'
import { createMac, type Mac, MAC_OCTETS as TAG } from './mac.js'
import { createTokenSeal, type TokenSeal } from './token-seal.js'
import { uuidAt, writeUuid } from './uuid-octets.js'

/** The tokens of one mail. The same mail gives the same ones, so that a retry is equal byte for byte. */
export interface MailTokens extends MailLinks {
  unsubscribe(reader: Reader): string
}

/** Who reads a mail, and from whom it came. An unsubscribe link holds it, sealed, so that it works before its mail is stored and after retention has removed it. */
export interface Reader {
  readonly account: string
  /** By name. */
  readonly senderDomain: string
  /** Address key. */
  readonly recipient: string
}

/** What a token says, once it is known to be ours and not too old. */
export interface ReadToken {
  readonly message: string
  /** Start of the UTC day on which the mail was accepted or granted. */
  readonly issuedAt: Instant
}

export type ReadUnsubscribe = ReadToken & { readonly reader: Reader }

/** Where a click leads: to a link of a version's list, or to what the token holds. */
export type ReadClick = ReadToken &
  ({ readonly version: string; readonly number: number } | { readonly version: null; readonly target: string })

/**
 * Signs and reads what public links carry: no address in the clear, 128-bit tags checked in constant time, keys of their own for each purpose, so that a
 * token of one is nothing for another (T11). The first secret signs, all of the list are read. Answers null for anything forged, changed, of another
 * purpose, or older than its life (TRK-1).
 */
export interface Tokens {
  of(mail: { readonly id: string; readonly acceptedAt: Instant }): MailTokens
  readOpen(token: string, now: Instant): ReadToken | null
  readUnsubscribe(token: string, now: Instant): ReadUnsubscribe | null
  readClick(token: string, now: Instant): ReadClick | null
}

const DAY = 86_400_000
/** One octet says which secret, two the day, sixteen the message. */
const HEADER = 19
const ID = 16
const CLICK = HEADER + ID + 2 + TAG
/** The longest is a sealed target of 1,500 characters. */
const TOKEN_MAX = 2_100

interface Keys {
  readonly id: number
  readonly open: Mac
  readonly click: KeyObject
  readonly readers: TokenSeal
  readonly targets: TokenSeal
}

function keysOf(secret: string): Keys {
  const derive = (purpose: string, octets = 32): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, 'mailwright', `token/v1/${purpose}`, octets))
  return {
    id: derive('key-id', 1)[0] ?? 0,
    open: createMac(derive('open')),
    click: createSecretKey(derive('click')),
    readers: createTokenSeal({ mac: derive('reader-mac'), cipher: derive('reader-cipher') }),
    targets: createTokenSeal({ mac: derive('target-mac'), cipher: derive('target-cipher') }),
  }
}

export function createTokens(secrets: string | readonly string[], { lifeDays = 365 } = {}): Tokens {
  const all = (typeof secrets === 'string' ? [secrets] : secrets).map(keysOf)
  const [first] = all
  if (!first) throw new TypeError('no secret')

  /** The candidates are the keys that the token names; two secrets may share a name. */
  const read = <T>(bytes: Buffer | null, now: Instant, check: (keys: Keys, bytes: Buffer) => T | null) => {
    if (bytes === null || bytes.length < HEADER + TAG) return null
    const issuedAt = bytes.readUInt16BE(1) * DAY
    for (const keys of all) {
      const said = keys.id === bytes[0] ? check(keys, bytes) : null
      if (said !== null)
        return now - issuedAt < (lifeDays + 1) * DAY ? { said, message: uuidAt(bytes, 3), issuedAt } : null
    }
    return null
  }
  return {
    of: (mail) => mailTokens(first, mail),
    readOpen(token, now) {
      const found = read(bytesOf(token), now, (keys, bytes) =>
        bytes.length === HEADER + TAG && isTag(keys.open.tag(bytes.subarray(0, HEADER)), bytes) ? true : null,
      )
      return found && { message: found.message, issuedAt: found.issuedAt }
    },
    readUnsubscribe(token, now) {
      const found = read(bytesOf(token), now, sealedReader)
      return found && { message: found.message, issuedAt: found.issuedAt, reader: found.said }
    },
    readClick(token, now) {
      const found = read(bytesOf(token), now, (keys, bytes) => listedLink(keys, bytes) ?? sealedTarget(keys, bytes))
      return found && { message: found.message, issuedAt: found.issuedAt, ...found.said }
    },
  }
}

/** The tag is what the token ends with. */
const isTag = (expected: Buffer, bytes: Buffer): boolean => timingSafeEqual(expected, bytes.subarray(-TAG))

/** One HMAC-SHA512 gives the tags of four links: an output block cut in four, as HKDF expands (RFC 5869 §2.3). `mail`: header and version. */
const linkTags = (key: KeyObject, mail: Buffer, block: number): Buffer =>
  createHmac('sha512', key)
    .update(mail)
    .update(Buffer.of(block >> 8, block & 0xff))
    .digest()

const tagOf = (tags: Buffer, link: number): Buffer => tags.subarray((link & 3) * TAG, ((link & 3) + 1) * TAG)

function listedLink(keys: Keys, bytes: Buffer) {
  if (bytes.length !== CLICK) return null
  const number = bytes.readUInt16BE(HEADER + ID)
  const tags = linkTags(keys.click, bytes.subarray(0, HEADER + ID), number >> 2)
  return isTag(tagOf(tags, number), bytes) ? { version: uuidAt(bytes, HEADER), number } : null
}

/** None of the parts can hold a line end. */
const readerText = ({ account, senderDomain, recipient }: Reader): string => `${account}\n${senderDomain}\n${recipient}`

function sealedReader(keys: Keys, bytes: Buffer): Reader | null {
  const text = keys.readers.open(bytes.subarray(0, HEADER), bytes.subarray(HEADER))
  if (text === null) return null
  const [account = '', senderDomain = '', recipient = ''] = text.split('\n')
  return { account, senderDomain, recipient }
}

/** Only to the web: whatever is sealed one day, a token leads to no other scheme. */
function sealedTarget(keys: Keys, bytes: Buffer) {
  const sealed = keys.targets.open(bytes.subarray(0, HEADER), bytes.subarray(HEADER))
  const target = sealed === null ? null : webTarget(sealed)
  return target === null ? null : { version: null, target }
}

function mailTokens(keys: Keys, { id, acceptedAt }: { readonly id: string; readonly acceptedAt: Instant }): MailTokens {
  // Header, and room behind it for a version and the number of a link.
  const token = Buffer.allocUnsafe(CLICK).fill(0)
  token[0] = keys.id
  token.writeUInt16BE(Math.max(0, Math.min(0xffff, Math.floor(acceptedAt / DAY))), 1)
  writeUuid(token, id, 3)
  const header = token.subarray(0, HEADER)
  const mail = token.subarray(0, HEADER + ID)
  let version = ''
  let block = -1
  let tags: Buffer = token
  const sealed = (seal: TokenSeal, text: string) => seal.seal(header, text).toString('base64url')
  return {
    open: () => Buffer.concat([header, keys.open.tag(header)]).toString('base64url'),
    unsubscribe: (reader) => sealed(keys.readers, readerText(reader)),
    click(of, link) {
      if (of !== version) {
        writeUuid(token, of, HEADER)
        version = of
        block = -1
      }
      if (link >> 2 !== block) {
        block = link >> 2
        tags = linkTags(keys.click, mail, block)
      }
      token.writeUInt16BE(link, HEADER + ID)
      tagOf(tags, link).copy(token, HEADER + ID + 2)
      return token.toString('base64url')
    },
    sealed: (target) => sealed(keys.targets, target),
  }
}

/** null unless it is base64url as we write it: one token has one form. What a host takes from a query may be no text at all. */
function bytesOf(token: unknown): Buffer | null {
  if (typeof token !== 'string' || token.length > TOKEN_MAX) return null
  const bytes = Buffer.from(token, 'base64url')
  return bytes.toString('base64url') === token ? bytes : null
}
