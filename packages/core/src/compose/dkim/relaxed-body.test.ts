import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bodyHash, relaxed } from './relaxed-body.js'

const pieces = fc.constantFrom('text', ' ', '  ', '\t', '\r\n', '\r\n\r\n', ' \r\n', '.', 'x'.repeat(60), 'é')
const slow = (body: string): string => createHash('sha256').update(relaxed(body), 'latin1').digest('base64')

describe('the hash of a body', () => {
  it('DOM-8: is that of its relaxed form, whether it was taken the short way or not', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (list) => {
        const body = `${list.join('')}\r\n`
        expect(bodyHash(Buffer.from(body, 'latin1'))).toBe(slow(body))
      }),
      { numRuns: 3_000 },
    )
  })

  it('DOM-8: of the body in RFC 6376 §3.4.5, and of none at all', () => {
    expect(relaxed(' C \r\nD \t E\r\n\r\n\r\n')).toBe(' C\r\nD E\r\n')
    expect(bodyHash(Buffer.alloc(0))).toBe('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=')
  })
})
