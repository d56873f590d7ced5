/** By character code; -1: no hexadecimal digit. */
const digits = Int8Array.from({ length: 128 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16)
  return Number.isNaN(value) ? -1 : value
})

/** The 16 octets of a UUID, written at `at`. Ends at what is neither a digit nor a hyphen. */
export function writeUuid(target: Uint8Array, uuid: string, at: number): void {
  let half = -1
  let octet = at
  for (let place = 0; place < uuid.length && octet < at + 16; place++) {
    const code = uuid.charCodeAt(place)
    if (code === 0x2d) continue
    const digit = digits[code] ?? -1
    if (digit < 0) return
    if (half < 0) half = digit
    else {
      target[octet++] = (half << 4) | digit
      half = -1
    }
  }
}

export function uuidAt(bytes: Buffer, at: number): string {
  const hex = bytes.toString('hex', at, at + 16)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
