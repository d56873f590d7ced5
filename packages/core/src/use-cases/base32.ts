/** RFC 4648 §6 in lower case and without padding: mail servers may change the case of a local part, and some do. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** By ten bits. */
const PAIRS = Array.from({ length: 1_024 }, (_, bits) => `${ALPHABET[bits >> 5]}${ALPHABET[bits & 31]}`)

/** Whole groups of five octets only. */
export function toBase32(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 5) {
    const c = bytes[at + 2] ?? 0
    const high = ((bytes[at] ?? 0) << 12) | ((bytes[at + 1] ?? 0) << 4) | (c >> 4)
    const low = ((c & 15) << 16) | ((bytes[at + 3] ?? 0) << 8) | (bytes[at + 4] ?? 0)
    text += `${PAIRS[high >> 10]}${PAIRS[high & 1_023]}${PAIRS[low >> 10]}${PAIRS[low & 1_023]}`
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
