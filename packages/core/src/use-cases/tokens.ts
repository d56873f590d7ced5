import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** What a token allows. Each purpose has keys of its own: a token of one is nothing for another (T11). */
export type TokenPurpose = 'unsubscribe'

const TAG_BYTES = 16
const ID_BYTES = 16

/** Signs message ids for public links: no address inside, 128-bit tag, constant-time check, all secrets of the list are read. */
export interface Tokens {
  make(purpose: TokenPurpose, message: string): string
  /** The message id; null for anything forged, changed or of another purpose. */
  read(purpose: TokenPurpose, token: string): string | null
}

export function createTokens(secrets: string | readonly string[]): Tokens {
  const list = typeof secrets === 'string' ? [secrets] : secrets
  const keys = new Map<string, readonly Buffer[]>()
  const keysOf = (purpose: TokenPurpose): readonly Buffer[] => {
    const known =
      keys.get(purpose) ??
      list.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', `mailwright token ${purpose}`, 32)))
    keys.set(purpose, known)
    return known
  }
  const tag = (key: Buffer, id: Buffer): Buffer => createHmac('sha256', key).update(id).digest().subarray(0, TAG_BYTES)
  return {
    make(purpose, message) {
      const id = Buffer.from(message.replaceAll('-', ''), 'hex')
      const [key] = keysOf(purpose)
      if (!key) throw new TypeError('no secret')
      return Buffer.concat([id, tag(key, id)]).toString('base64url')
    },
    read(purpose, token) {
      if (token.length > 64) return null
      const bytes = Buffer.from(token, 'base64url')
      if (bytes.length !== ID_BYTES + TAG_BYTES || bytes.toString('base64url') !== token) return null
      const id = bytes.subarray(0, ID_BYTES)
      const given = bytes.subarray(ID_BYTES)
      if (!keysOf(purpose).some((key) => timingSafeEqual(tag(key, id), given))) return null
      const hex = id.toString('hex')
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
    },
  }
}
