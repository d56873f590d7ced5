/** The bytes of an address: 4 of IPv4, 16 of IPv6. */
export type IpBytes = readonly number[]

/**
 * Reads an address in its plain spelling: four decimal numbers without leading zeros (RFC 6943 §3.1.1), or RFC 4291 §2.2. null for anything else,
 * a zone id included: what cannot be read is not to be trusted.
 */
export function readIp(text: string): IpBytes | null {
  return text.includes(':') ? readV6(text) : readV4(text)
}

function readV4(text: string): IpBytes | null {
  const parts = text.split('.')
  if (parts.length !== 4) return null
  const bytes = parts.map((part) => (/^(0|[1-9]\d{0,2})$/.test(part) ? Number(part) : 256))
  return bytes.every((byte) => byte < 256) ? bytes : null
}

function readV6(text: string): IpBytes | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [head, tail] = halves.map((half) => groupsOf(half))
  if (!head || tail === null) return null
  if (tail === undefined) return head.length === 16 ? head : null
  const gap = 16 - head.length - tail.length
  // `::` stands for at least one group (RFC 5952 §4.2.2 advises against just one, RFC 4291 allows it).
  return gap >= 2 ? [...head, ...Array<number>(gap).fill(0), ...tail] : null
}

/** The bytes of groups between colons; the last ones may be an IPv4 address. */
function groupsOf(text: string): IpBytes | null {
  if (text === '') return []
  const groups = text.split(':')
  const bytes: number[] = []
  for (const [index, group] of groups.entries()) {
    const v4 = index === groups.length - 1 && group.includes('.') ? readV4(group) : null
    if (v4) bytes.push(...v4)
    else if (/^[\da-f]{1,4}$/i.test(group))
      bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255)
    else return null
  }
  return bytes.length <= 16 ? bytes : null
}

/** A block as its first bytes and how many bits of them count. */
export interface IpBlock {
  readonly bytes: IpBytes
  readonly bits: number
}

/** Of a table that this product wrote. */
export function blockOf(text: string): IpBlock {
  const [address = '', bits] = text.split('/')
  const bytes = readIp(address)
  if (!bytes) throw new TypeError(`not a block: ${text}`)
  return { bytes, bits: Number(bits) }
}

export function isWithin(address: IpBytes, { bytes, bits }: IpBlock): boolean {
  if (address.length !== bytes.length) return false
  return bytes.every((byte, index) => {
    const left = bits - index * 8
    const mask = left >= 8 ? 255 : left <= 0 ? 0 : 255 & (255 << (8 - left))
    return ((address[index] ?? 0) & mask) === (byte & mask)
  })
}
