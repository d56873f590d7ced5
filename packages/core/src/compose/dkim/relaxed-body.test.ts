import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bodyHash, relaxed } from './relaxed-body.js'

const pieces = fc.constantFrom(
  'text',
  ' ',
  '  ',
  '\t',
  '\r\n',
  '\r\n\r\n',
  ' \r\n',
  '.',
  'x'.repeat(60),
  'é',
  '\r',
  '\n',
)

/** RFC 6376 §3.4.4 word by word, and as slow as it likes. */
const asWritten = (body: string): string => {
  const lines = body.split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''))
  while (lines.at(-1) === '') lines.pop()
  return lines.map((line) => `${line}\r\n`).join('')
}
const relaxedText = (body: string): string => relaxed(Buffer.from(body, 'latin1')).toString('latin1')

describe('the hash of a body', () => {
  it('DOM-8: is that of its relaxed form, whether it was taken the short way or not', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (list) => {
        const body = list.join('')
        expect(relaxedText(body)).toBe(asWritten(body))
        expect(bodyHash(Buffer.from(body, 'latin1'))).toBe(
          createHash('sha256').update(asWritten(body), 'latin1').digest('base64'),
        )
      }),
      { numRuns: 3_000 },
    )
  })

  it('DOM-8: of the body in RFC 6376 §3.4.5, and of none at all', () => {
    expect(relaxedText(' C \r\nD \t E\r\n\r\n\r\n')).toBe(' C\r\nD E\r\n')
    expect(bodyHash(Buffer.alloc(0))).toBe('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=')
  })

  it.each(['\r\n', ' ', '\t', ' \r\n', '\r', '\n', '\r\r\n', 'x  y\r\n'])('T19: is done with 1 MiB of %j', (octets) => {
    const body = `a  b${octets.repeat(Math.ceil(1_048_576 / octets.length))}x\r\n`
    // With a square in it this would take minutes.
    expect(bodyHash(Buffer.from(body, 'latin1'))).toBe(
      createHash('sha256').update(asWritten(body), 'latin1').digest('base64'),
    )
  })
})
