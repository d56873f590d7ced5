import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMac } from './mac.js'

const octets = (maxLength: number) => fc.uint8Array({ maxLength })

describe('the tag of a mail', () => {
  it('is HMAC-SHA256 of RFC 4231, test case 2, cut to 128 bits', () => {
    const mac = createMac(Buffer.from('Jefe'))
    expect(mac.tag(Buffer.from('what do ya want '), Buffer.from('for nothing?')).toString('hex')).toBe(
      '5bdcc146bf60754e6a042426089575c7',
    )
  })

  it('equals that of node:crypto for keys and texts of any length, in any order of calls', () => {
    fc.assert(
      fc.property(octets(64), fc.array(fc.tuple(octets(40), octets(1_500)), { maxLength: 5 }), (key, texts) => {
        const mac = createMac(key)
        for (const [head, rest] of texts) {
          const expected = createHmac('sha256', key).update(head).update(rest).digest().subarray(0, 16)
          expect(mac.tag(head, rest)).toEqual(Buffer.from(expected))
        }
      }),
    )
  })

  it('refuses a key that would have to be hashed first', () => {
    expect(() => createMac(new Uint8Array(65))).toThrow(TypeError)
  })
})
