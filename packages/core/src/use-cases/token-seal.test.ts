import { createCipheriv, createSecretKey } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTokenSeal } from './token-seal.js'

const key = (octet: number) => Buffer.alloc(32, octet)
const header = Buffer.from('a header')

describe('what a token hides', () => {
  it('is AES-256-CTR that begins at the tag, also where the counter runs over', () => {
    fc.assert(
      fc.property(fc.nat(255), fc.string({ unit: 'binary', minLength: 1, maxLength: 6_000 }), (octet, text) => {
        const seal = createTokenSeal({ mac: key(octet), cipher: key(7) })
        const token = seal.seal(header, text)
        const tag = token.subarray(header.length, header.length + 16)
        const expected = createCipheriv('aes-256-ctr', createSecretKey(key(7)), tag).update(Buffer.from(text))
        expect(token.subarray(header.length + 16)).toEqual(expected)
        expect(seal.open(header, token.subarray(header.length))).toBe(Buffer.from(text).toString())
      }),
      { numRuns: 300 },
    )
  })
})
