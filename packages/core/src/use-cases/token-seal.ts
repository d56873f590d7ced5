import { createCipheriv, createDecipheriv, createSecretKey, timingSafeEqual } from 'node:crypto'
import { createMac, MAC_OCTETS } from './mac.js'

/** Hides in a token what nobody may read there: whose mail it is, and where a link with variables leads, which may hold an address too (TRK-1). */
export interface TokenSeal {
  /** The header and what was sealed under it. */
  seal(header: Buffer, text: string): Buffer
  /** null unless it was sealed under these keys and this header. */
  open(header: Buffer, sealed: Buffer): string | null
}

const BLOCK = 16

/**
 * Deterministic authenticated encryption in the way of SIV (Rogaway and Shrimpton; RFC 5297 with HMAC-SHA256 in place of CMAC): the tag over header and text
 * is also what the AES-256-CTR counter begins with. A random nonce would make the retry of a mail other bytes, and one derived some other way would
 * be fatal if it ever came twice.
 */
export function createTokenSeal(keys: { readonly mac: Uint8Array; readonly cipher: Uint8Array }): TokenSeal {
  const mac = createMac(keys.mac)
  const cipherKey = createSecretKey(keys.cipher)
  // CTR is a block cipher over counters: one object for all mails, where a cipher of its own for each costs six times as much.
  const blocks = createCipheriv('aes-256-ecb', cipherKey, null).setAutoPadding(false)
  return {
    seal(header, text) {
      const plain = Buffer.from(text, 'utf8')
      const tag = mac.tag(header, plain)
      const stream = blocks.update(countersFrom(tag, Math.ceil(plain.length / BLOCK)))
      const start = header.length + MAC_OCTETS
      const token = Buffer.allocUnsafe(start + plain.length)
      token.set(header, 0)
      token.set(tag, header.length)
      for (let at = 0; at < plain.length; at++) token[start + at] = (plain[at] ?? 0) ^ (stream[at] ?? 0)
      return token
    },
    open(header, sealed) {
      const tag = sealed.subarray(0, MAC_OCTETS)
      if (sealed.length <= MAC_OCTETS) return null
      const plain = createDecipheriv('aes-256-ctr', cipherKey, tag).update(sealed.subarray(MAC_OCTETS))
      return timingSafeEqual(mac.tag(header, plain), tag) ? plain.toString('utf8') : null
    },
  }
}

/** `first` and the numbers after it, 128 bits each, most significant octet first (NIST SP 800-38A §6.5). */
function countersFrom(first: Buffer, count: number): Buffer {
  const counters = Buffer.allocUnsafe(count * BLOCK)
  for (let block = 0; block < count; block++) {
    const from = block * BLOCK
    counters.set(first, from)
    let carry = block
    for (let at = from + BLOCK - 1; carry > 0 && at >= from; at--) {
      carry += counters[at] ?? 0
      counters[at] = carry & 0xff
      carry >>= 8
    }
  }
  return counters
}
