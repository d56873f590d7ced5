import { hash } from 'node:crypto'

/** HMAC-SHA256 (RFC 2104) cut to 128 bits, for what every mail carries. */
export interface Mac {
  /** The tag of `head` and `rest` together. */
  tag(head: Uint8Array, rest?: Uint8Array): Buffer
}

export const MAC_OCTETS = 16

/** Of SHA-256, in octets. */
const BLOCK = 64
const DIGEST = 32
const nothing = new Uint8Array()

/** The block a digest begins with, and room behind it. */
function padded(key: Uint8Array, mask: number, room: number): Buffer {
  const block = Buffer.alloc(BLOCK + room, 0)
  for (let at = 0; at < BLOCK; at++) block[at] = (key[at] ?? 0) ^ mask
  return block
}

/**
 * Out of two digests, each one call: the objects that `createHmac` makes for each mail cost four times what the digests do, and the garbage collector as much again.
 * @param key at most 64 octets
 */
export function createMac(key: Uint8Array): Mac {
  if (key.length > BLOCK) throw new TypeError(`a key of more than ${BLOCK} octets`)
  let inner = padded(key, 0x36, 512)
  const outer = padded(key, 0x5c, DIGEST)
  return {
    tag(head, rest = nothing) {
      const length = BLOCK + head.length + rest.length
      if (length > inner.length) inner = padded(key, 0x36, length)
      inner.set(head, BLOCK)
      inner.set(rest, BLOCK + head.length)
      // As text, which costs less than a buffer.
      outer.write(hash('sha256', inner.subarray(0, length), 'binary'), BLOCK, 'latin1')
      return Buffer.from(hash('sha256', outer, 'binary').slice(0, MAC_OCTETS), 'latin1')
    },
  }
}
