import { describe, expect, it } from 'vitest'
import { readSource } from './read-source.js'

const file = (name: string, ...parts: readonly (string | Uint8Array<ArrayBuffer>)[]) => new File([...parts], name)

describe('an uploaded body', () => {
  it('TPL-1: is UTF-8 without its byte order mark, of the kind that its name says', async () => {
    const bom = Uint8Array.of(0xef, 0xbb, 0xbf)
    expect(await readSource(file('a.HTML', bom, '<p>你好</p>\r\n'))).toEqual({
      type: 'read',
      kind: 'html',
      source: '<p>你好</p>\n',
    })
    expect(await readSource(file('a.txt', 'x'))).toMatchObject({ kind: 'text', source: 'x' })
  })

  it.each([
    ['wrongKind', file('a.docx', 'x')],
    ['notUtf8', file('a.txt', Uint8Array.of(0xc4, 0xe3))],
    ['notUtf8', file('a.html', Uint8Array.of(0xff, 0xfe, 0x41, 0x00))],
    ['tooLarge', file('a.html', 'x'.repeat(1_048_580))],
  ] as const)('TPL-1: is refused clearly: %s', async (reason, given) => {
    expect(await readSource(given)).toEqual({ type: 'refused', reason })
  })
})
