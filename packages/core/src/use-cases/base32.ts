/** RFC 4648 §6 in lower case and without padding: mail servers may change the case of a local part, and some do. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

const LETTERS = Buffer.from(ALPHABET)

/** Whole groups of five octets only. */
export function toBase32(bytes: Uint8Array): string {
  const text = Buffer.allocUnsafe((bytes.length / 5) * 8)
  const letter = (at: number, bits: number): void => {
    text[at] = LETTERS[bits & 31] ?? 0
  }
  for (let from = 0, to = 0; from < bytes.length; from += 5, to += 8) {
    const c = bytes[from + 2] ?? 0
    const high = ((bytes[from] ?? 0) << 12) | ((bytes[from + 1] ?? 0) << 4) | (c >> 4)
    const low = ((c & 15) << 16) | ((bytes[from + 3] ?? 0) << 8) | (bytes[from + 4] ?? 0)
    for (let nth = 0; nth < 4; nth++) {
      letter(to + nth, high >> (15 - 5 * nth))
      letter(to + 4 + nth, low >> (15 - 5 * nth))
    }
  }
  return text.toString('latin1')
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
