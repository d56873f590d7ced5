/** RFC 4648 §6 in lower case and without padding: mail servers may change the case of a local part, and some do. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** Whole groups of five octets only. */
export function toBase32(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 5) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = bytes.subarray(at, at + 5)
    text += `${ALPHABET[a >> 3]}${ALPHABET[((a & 7) << 2) | (b >> 6)]}${ALPHABET[(b >> 1) & 31]}${ALPHABET[((b & 1) << 4) | (c >> 4)]}`
    text += `${ALPHABET[((c & 15) << 1) | (d >> 7)]}${ALPHABET[(d >> 2) & 31]}${ALPHABET[((d & 3) << 3) | (e >> 5)]}${ALPHABET[e & 31]}`
  }
  return text
}

/** null unless it is whole groups of eight letters of the alphabet, in either case. */
export function fromBase32(text: string): Buffer | null {
  if (text.length % 8 !== 0) return null
  const lower = text.toLowerCase()
  const bytes = Buffer.alloc((text.length / 8) * 5)
  let bits = 0
  let held = 0
  let at = 0
  for (const letter of lower) {
    const value = ALPHABET.indexOf(letter)
    if (value < 0) return null
    bits = ((bits << 5) | value) & 0xfff
    held += 5
    if (held >= 8) {
      held -= 8
      bytes[at++] = (bits >> held) & 0xff
    }
  }
  return bytes
}
