import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLine, withoutGuard } from './index.js'

describe('csvLine', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+49 30', "'+49 30"],
    ['-cmd', "'-cmd"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', `"'\t'=1"`],
    ['\r=1', `"'\r'=1"`],
    ['\n=1', `"'\n'=1"`],
    ['"=1', `"'""=1"`],
    ['a;"=1', `"a;'""=1"`],
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠A1', "'＠A1"],
    ["'=1", "''=1"],
    // Where lists are parted by semicolons, Excel cuts a line there, whatever the quotes say.
    ['Mozilla;=cmd', '"Mozilla;\'=cmd"'],
    ["a;'@x;-1", "\"a;''@x;'-1\""],
    ['a\t+1', '"a\t\'+1"'],
    ['550-no\n-1', '"550-no\n\'-1"'],
  ])('DLV-3: no spreadsheet takes %j for a formula', (cell, text) => {
    expect(csvLine([cell])).toBe(`${text}\r\n`)
  })

  it('DLV-3: leaves other cells alone, and its own numbers numbers', () => {
    expect(csvLine(['ann@example.org', "'s", 'a=b', -5, 1_763_892_000_000, null, ''])).toBe(
      "ann@example.org,'s,a=b,-5,1763892000000,,\r\n",
    )
  })

  it('DLV-3, T6: quotes what would break the line (RFC 4180)', () => {
    expect(csvLine(['a,b', 'say "hi"', 'two\r\nlines', ' padded', 'a;b'])).toBe(
      '"a,b","say ""hi""","two\r\nlines"," padded","a;b"\r\n',
    )
  })

  it('DLV-3: the import takes back exactly what was added', () => {
    const cell = fc.string({
      unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '＝', 'a', ' ', '"', ',', ';', '\r', '\n'),
    })
    fc.assert(
      fc.property(cell, (given) => {
        const text = csvLine([given]).slice(0, -2)
        const read = text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text
        expect(withoutGuard(read)).toBe(given)
        for (const part of [read, ...read.split(/[;\t\r\n]/)]) expect(part).not.toMatch(/^[=+\-@＝＋－＠]/)
        expect(read).not.toMatch(/^[\t\r\n]/)
      }),
    )
  })
})
