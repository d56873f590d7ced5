import { describe, expect, it } from 'vitest'
import { withHeaders } from './added-headers.js'

const content = Buffer.from('DKIM-Signature: v=1\r\nFrom: a@mail.example\r\n\r\nHello\r\n')
const withOne = (name: string, value: string) => () => withHeaders(() => ({ [name]: value }), 'id', content)

describe('headers for the relay', () => {
  it('are put before the mail, which stays as it is', () => {
    const mail = withHeaders((id) => ({ 'X-One': `message=${id}`, 'X-Two': '{"a": 1}' }), '42', content)
    expect(Buffer.from(mail).toString()).toBe(`X-One: message=42\r\nX-Two: {"a": 1}\r\n${content}`)
  })

  it('cost nothing when there are none: the same bytes, uncopied', () => {
    expect(withHeaders(undefined, '42', content)).toBe(content)
  })

  it.each([
    ['X-One', 'a\r\nBcc: victim@example.org'],
    ['X-One', 'a\nb'],
    ['X-One', 'a\rb'],
    ['X-One', 'a\0b'],
    ['X-One', ''],
    ['X-One', ' a'],
    ['X-One', 'a '],
    ['X-One', 'é'],
    ['X-One', 'x'.repeat(901)],
    ['X-One: a\r\nBcc', 'victim@example.org'],
    ['X One', 'a'],
    ['', 'a'],
  ])('T1: %j: %j is refused, so that nothing but one line of one header is added', (name, value) => {
    expect(withOne(name, value)).toThrow(expect.objectContaining({ code: 'HEADER_INVALID' }))
  })
})
