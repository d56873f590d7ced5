import { BlockList, isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isGloballyReachable } from './global-reach.js'
import { blockOf, readIp } from './ip-address.js'
import { NAT64_BLOCK, SPECIAL_BLOCKS } from './special-purpose.js'

const familyOf = (address: string) => (isIP(address) === 4 ? 'ipv4' : 'ipv6')

/** The bytes as an address in full. */
const written = (bytes: readonly number[]): string =>
  bytes.length === 4
    ? bytes.join('.')
    : Array.from({ length: 8 }, (_, at) => (((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0)).toString(16)).join(
        ':',
      )

/** An address of a block: its first bits, the others as drawn. */
const addressIn = (block: string, drawn: readonly number[]): readonly number[] => {
  const { bytes, bits } = blockOf(block)
  return bytes.map((byte, index) => {
    const mask = Math.max(0, Math.min(8, bits - index * 8))
    const keep = 255 & (255 << (8 - mask))
    return (byte & keep) | ((drawn[index] ?? 0) & ~keep & 255)
  })
}

/** Every way to write an IPv4 address in a URL's host that Node's URL reads (WHATWG URL §3.5). */
const spellings = ([a = 0, b = 0, c = 0, d = 0]: readonly number[]): readonly string[] => {
  const whole = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
  const tail = (c << 8) | d
  return [
    `${a}.${b}.${c}.${d}`,
    `${a}.${b}.${c}.${d}.`,
    `${whole}`,
    `0x${whole.toString(16)}`,
    `0${whole.toString(8)}`,
    `0${a.toString(8)}.0${b.toString(8)}.0${c.toString(8)}.0${d.toString(8)}`,
    `0x${a.toString(16)}.${b}.${tail}`,
    `${a}.${(b << 16) | tail}`,
    `${a}.${b}.${c}.${d}`.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    `${a}。${b}。${c}。${d}`,
    `%3${`${a}`[0]}${`${a}`.slice(1)}.${b}.${c}.${d}`,
    `[::ffff:${a}.${b}.${c}.${d}]`,
    `[::ffff:${((a << 8) | b).toString(16)}:${tail.toString(16)}]`,
    `[::${a}.${b}.${c}.${d}]`,
    `[64:ff9b::${a}.${b}.${c}.${d}]`,
    `[64:ff9b:1::${a}.${b}.${c}.${d}]`,
    `[2002:${((a << 8) | b).toString(16)}:${tail.toString(16)}::1]`,
    `[2001:0:1:2:3:4:${(~((a << 8) | b) & 0xffff).toString(16)}:${(~tail & 0xffff).toString(16)}]`,
  ]
}

/** What the host of a URL becomes, as an address without brackets. */
const hostOf = (host: string): string => new URL(`http://${host}:8080/`).hostname.replace(/^\[|\]$/g, '')

const bytes = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 16, maxLength: 16 })
const v4Blocks = SPECIAL_BLOCKS.filter(({ block }) => !block.includes(':'))

describe('addresses that may be connected to', () => {
  it.each(SPECIAL_BLOCKS)('CBK-5: none of $block, $name ($source): its first and its last are refused', ({ block }) => {
    const first = written(addressIn(block, Array(16).fill(0)))
    const last = written(addressIn(block, Array(16).fill(255)))
    expect([first, isGloballyReachable(first)]).toEqual([first, false])
    expect([last, isGloballyReachable(last)]).toEqual([last, false])
  })

  it.each([
    '169.254.169.254',
    'fd00:ec2::254',
    '100.100.100.200',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    '0.0.0.0',
    '127.0.0.1',
    '127.255.255.254',
    '::1',
    '::',
    '0:0:0:0:0:ffff:7f00:1',
    'fe80::1',
    '4000::1',
    '1::1',
  ])('CBK-5: not %s', (address) => expect(isGloballyReachable(address)).toBe(false))

  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.0.1.0',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2001:4860:4860::8888',
    '2001:200::1',
    '2003::1',
    '64:ff9b::8.8.8.8',
    '64:ff9b::808:808',
  ])('CBK-5: %s is', (address) => expect(isGloballyReachable(address)).toBe(true))

  it.each([
    '',
    'localhost',
    '127.1',
    '0177.0.0.1',
    '2130706433',
    '1.2.3.256',
    '1.2.3.4.5',
    '01.2.3.4',
    'fe80::1%eth0',
    ':::',
    '1:2:3:4:5:6:7',
    '2606::1::1',
    '2606:4700:4700:0:0:0:0:1111:1',
    'g::1',
    '2606:4700::8.8.8.8.8',
    ' 8.8.8.8',
    '8.8.8.8\n',
    '12345::',
  ])('CBK-5: what cannot be read as an address is refused: %j', (text) => expect(isGloballyReachable(text)).toBe(false))

  it('CBK-5: an address within any special block is refused however a URL spells it, also inside an IPv6 address', () => {
    fc.assert(
      fc.property(fc.constantFrom(...v4Blocks), bytes, ({ block }, drawn) => {
        const address = addressIn(block, drawn)
        for (const spelling of spellings(address)) {
          const host = hostOf(spelling)
          expect([spelling, host, isIP(host) > 0, isGloballyReachable(host)]).toEqual([spelling, host, true, false])
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('CBK-5: is judged as node:net judges the same table, for any address', () => {
    const list = new BlockList()
    for (const { block } of SPECIAL_BLOCKS) {
      const [address = '', bits] = block.split('/')
      // Node finds IPv4 addresses in the mapped block and would refuse them all.
      if (block !== '::ffff:0:0/96') list.addSubnet(address, Number(bits), familyOf(address))
    }
    const near = fc
      .tuple(fc.constantFrom(...SPECIAL_BLOCKS, { block: NAT64_BLOCK }), bytes, fc.integer({ min: 0, max: 127 }))
      .map(([{ block }, drawn, flip]) => {
        const address = [...addressIn(block, drawn)]
        const at = Math.floor(flip / 8) % address.length
        address[at] = (address[at] ?? 0) ^ (1 << (flip % 8))
        return address
      })
    const any = fc.oneof(
      bytes,
      bytes.map((drawn) => drawn.slice(0, 4)),
      near,
    )
    fc.assert(
      fc.property(any, (address) => {
        const text = written(address)
        expect(readIp(text)).toEqual(address)
        const isNat64 = text.startsWith('64:ff9b:0:0:0:0:')
        const judged = isNat64 ? written(address.slice(12)) : text
        const mapped = text.startsWith('0:0:0:0:0:ffff:')
        const unicast = judged.includes('.') || ((address[0] ?? 0) & 0xe0) === 0x20
        expect([text, isGloballyReachable(text)]).toEqual([
          text,
          !mapped && unicast && !list.check(judged, familyOf(judged)),
        ])
      }),
      { numRuns: 20_000 },
    )
  })
})
