import { describe, expect, it } from 'vitest'
import { onTheWire } from './content.js'
import { featuresOf } from './features.js'
import { replyReader } from './reply-reader.js'

const read = (...chunks: readonly string[]) => {
  const reader = replyReader()
  const replies = []
  for (const chunk of chunks) {
    const some = reader.read(Buffer.from(chunk))
    if (some === null) return null
    replies.push(...some)
  }
  return replies
}

describe('the replies of a server', () => {
  it('are read in whatever pieces they come', () => {
    const text = '250-5.1.1 one\r\n250 two\r\n354 go\r\n250\r\n'
    const replies = [
      { code: 250, enhanced: '5.1.1', text: '5.1.1 one\ntwo' },
      { code: 354, enhanced: null, text: 'go' },
      { code: 250, enhanced: null, text: '' },
    ]
    expect(read(text)).toEqual(replies)
    expect(read(...text)).toEqual(replies)
    expect(read('250 姓名\n')).toEqual([{ code: 250, enhanced: null, text: '姓名' }])
  })

  it.each(['HTTP/1.1 400 Bad Request\r\n', '99 x\r\n', '600 x\r\n', '2500 x\r\n', '\r\n', '250_x\r\n', '\0\xff\r\n'])(
    'are none if they begin like %j',
    (text) => {
      expect(read(text)).toBeNull()
    },
  )

  it('T29: are not read without end, nor kept at length', () => {
    expect(read(...Array<string>(80).fill('x'.repeat(1_024)))).toBeNull()
    expect(read(...Array<string>(2_000).fill(`250-${'x'.repeat(60)}\r\n`))).toBeNull()
    expect(read(`550 ${'x'.repeat(50_000)}\r\n`)?.[0]?.text).toHaveLength(2_000)
  })

  it('to EHLO say what the server can', () => {
    const [reply] =
      read('250-mx.example hello\r\n250-PIPELINING\r\n250-size 1000\r\n250-8BITMIME\r\n250 STARTTLS\r\n') ?? []
    expect(reply && featuresOf(reply)).toEqual({
      starttls: true,
      pipelining: true,
      eightBit: true,
      smtpUtf8: false,
      size: 1_000,
    })
  })
})

describe('a mail on the wire', () => {
  const wire = (text: string) => Buffer.concat(onTheWire(Buffer.from(text, 'latin1'))).toString('latin1')

  it.each([
    ['a\r\n', 'a\r\n.\r\n'],
    ['a', 'a\r\n.\r\n'],
    ['', '.\r\n'],
    ['.', '..\r\n.\r\n'],
    ['.a\r\n..\r\n.\r\nb.\r\n', '..a\r\n...\r\n..\r\nb.\r\n.\r\n'],
    ['\r\n.\r\n.\r\n', '\r\n..\r\n..\r\n.\r\n'],
  ])('%j has its dots doubled and one end: %j', (text, sent) => {
    expect(wire(text)).toBe(sent)
  })

  it.each([
    ['a\n.\nRCPT TO:<evil@example.net>\r\n', 'a\r\n..\r\nRCPT TO:<evil@example.net>\r\n.\r\n'],
    ['a\n.\r\nb\r\n', 'a\r\n..\r\nb\r\n.\r\n'],
    ['a\r.\r\nb\r\n', 'a\r\n..\r\nb\r\n.\r\n'],
    ['a\r\r\n.\r\n', 'a\r\n\r\n..\r\n.\r\n'],
    ['a\r', 'a\r\n.\r\n'],
    ['a\n', 'a\r\n.\r\n'],
  ])('T2: %j ends nowhere but at its end', (text, sent) => {
    expect(wire(text)).toBe(sent)
  })
})
