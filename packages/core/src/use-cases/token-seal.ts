import { createCipheriv, createDecipheriv, createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'

/** Hides in a token what nobody may read there: whose mail it is, and where a link with variables leads, which may hold an address too (TRK-1). */
export interface TokenSeal {
  seal(header: Buffer, text: string): Buffer
  /** null unless it was sealed under these keys and this header. */
  open(header: Buffer, sealed: Buffer): string | null
}

const TAG = 16

/**
 * Deterministic authenticated encryption in the way of SIV (Rogaway and Shrimpton; RFC 5297 with HMAC-SHA256 in place of CMAC): the tag over header and text
 * is also what the AES-256-CTR counter begins with. A random nonce would make the retry of a mail other bytes, and one derived some other way would
 * be fatal if it ever came twice.
 */
export function createTokenSeal(keys: { readonly mac: KeyObject; readonly cipher: KeyObject }): TokenSeal {
  const tagOf = (header: Buffer, plain: Buffer): Buffer =>
    createHmac('sha256', keys.mac).update(header).update(plain).digest().subarray(0, TAG)
  return {
    seal(header, text) {
      const plain = Buffer.from(text, 'utf8')
      const tag = tagOf(header, plain)
      return Buffer.concat([tag, createCipheriv('aes-256-ctr', keys.cipher, tag).update(plain)])
    },
    open(header, sealed) {
      const tag = sealed.subarray(0, TAG)
      if (sealed.length <= TAG) return null
      const plain = createDecipheriv('aes-256-ctr', keys.cipher, tag).update(sealed.subarray(TAG))
      return timingSafeEqual(tagOf(header, plain), tag) ? plain.toString('utf8') : null
    },
  }
}
