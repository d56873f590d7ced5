import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GROUP_LIMITS, sampleCsv } from '../../domain/recipient-group/index.js'
import { isMailError } from '../../errors/mail-error.js'
import { readCsv } from './read-csv.js'
import type { CsvRow } from './row-parser.js'
import type { CsvInput } from './text-pieces.js'

async function read(input: CsvInput, limits = GROUP_LIMITS) {
  const rows: CsvRow[] = []
  let variables: readonly string[] | null = null
  for await (const chunk of readCsv(input, limits)) {
    variables = chunk.variables
    rows.push(...chunk.rows)
  }
  return { variables, rows }
}
const cells = async (input: CsvInput) => (await read(input)).rows.map((row) => row.cells)

async function refusal(input: CsvInput, limits = GROUP_LIMITS) {
  try {
    await read(input, limits)
  } catch (error) {
    if (isMailError(error)) return { code: error.code, ...error.details }
    throw error
  }
  return null
}

/** The same bytes one by one: every boundary a stream can have. */
async function* byteByByte(bytes: Uint8Array) {
  for (const byte of bytes) yield Uint8Array.of(byte)
}
async function* textOf(rows: number, row: (i: number) => string) {
  yield 'email,name\n'
  for (let i = 1; i <= rows; i++) yield row(i)
}
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()

describe('what a file may look like', () => {
  const expected = [
    ['ann@example.org', 'Ann'],
    ['bob@example.org', 'Böb 🎉'],
  ]
  const text = 'email,name\r\nann@example.org,Ann\r\nbob@example.org,Böb 🎉\r\n'

  it.each<[string, Uint8Array]>([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 LE with its mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 BE with its mark', utf16be(`\ufeff${text}`)],
  ])('GRP-3: reads %s, whole or cut at every byte', async (_, bytes) => {
    expect(await cells(bytes)).toEqual(expected)
    expect(await cells(byteByByte(bytes))).toEqual(expected)
  })

  it('GRP-3: reads text, also when a character is cut in two', async () => {
    expect(await cells(text)).toEqual(expected)
    expect(await cells(`\ufeff${text}`)).toEqual(expected)
    async function* units() {
      for (let i = 0; i < text.length; i++) yield text.charAt(i)
    }
    expect(await cells(units())).toEqual(expected)
  })

  it.each([
    ['comma', ','],
    ['semicolon', ';'],
    ['tab', '\t'],
  ])('GRP-3: finds the separator %s in the header', async (_, separator) => {
    const lines = [
      ['email', 'a', 'b'],
      ['ann@example.org', '"x,y;z\tw"', ''],
    ]
    const { variables, rows } = await read(lines.map((line) => line.join(separator)).join('\n'))
    expect(variables).toEqual(['a', 'b'])
    expect(rows).toEqual([{ line: 2, cells: ['ann@example.org', 'x,y;z\tw', ''] }])
  })

  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('GRP-3: takes quotes, doubled quotes and embedded line ends with %s, and counts lines right', async (_, end) => {
    const file = ['Email,name', 'ann@example.org,"A', '', 'nn ""x"""', '', 'bob@example.org,B', ''].join(end)
    for (const input of [file, byteByByte(Buffer.from(file))]) {
      expect((await read(input)).rows).toEqual([
        { line: 2, cells: ['ann@example.org', `A${end}${end}nn "x"`] },
        { line: 6, cells: ['bob@example.org', 'B'] },
      ])
    }
  })

  it('GRP-4: takes cells that look like formulas, blanks and the word __proto__ as they are', async () => {
    const row = ['ann@example.org', '=1+1', '@SUM(A1)', ' x ', '__proto__']
    expect(await cells(`email,a,b,c,d\n${row.join(',')}\n`)).toEqual([row])
  })

  it('GRP-2: leaves out blank lines and does not count them', async () => {
    const limits = { ...GROUP_LIMITS, rowsPerFile: 2 }
    const { rows } = await read('\n\nemail,name\n\n   \na@example.org,A\n\r\nb@example.org,B\n\n\n', limits)
    expect(rows.map((row) => row.line)).toEqual([6, 8])
  })

  it('a row whose address is empty is a row, not a blank line', async () => {
    expect(await cells('email,name\n,\n,Ann\n')).toEqual([
      ['', ''],
      ['', 'Ann'],
    ])
  })

  it('GRP-3: a header alone, without a line end, is an empty list with variables', async () => {
    expect(await read('email,name')).toEqual({ variables: ['name'], rows: [] })
    expect(await read(' EMAIL ')).toEqual({ variables: [], rows: [] })
  })

  it('GRP-7: the sample reads back', async () => {
    expect(await read(sampleCsv(['name', '姓名', 'user.id']))).toEqual({
      variables: ['name', '姓名', 'user.id'],
      rows: [
        { line: 2, cells: ['ann@example.org', 'Ann', '姓名 1', 'user.id 1'] },
        { line: 3, cells: ['bob@example.org', 'Bob', '姓名 2', 'user.id 2'] },
      ],
    })
  })

  it('gives back every cell that was written, with the line it starts on', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ';', ' ', 'é', '🎉'), maxLength: 6 })
    const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 8 }), async (pairs) => {
        const file = `email,a,b\n${pairs.map((pair) => ['x', ...pair.map(quoted)].join(',')).join('\n')}\n`
        const { rows } = await read(byteByByte(Buffer.from(file)))
        expect(rows.map((row) => row.cells)).toEqual(pairs.map((pair) => ['x', ...pair]))
        let line = 2
        for (const [index, pair] of pairs.entries()) {
          expect(rows[index]?.line).toBe(line)
          line += 1 + (pair.join('|').match(/\r\n|\n|\r/g)?.length ?? 0)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('what is refused', () => {
  it.each<[string, CsvInput]>([
    ['Latin-1 bytes', Buffer.from('email,name\nann@example.org,J\xfcrgen\n', 'latin1')],
    ['Latin-1 bytes at the very end', Buffer.from('email,name\nann@example.org,J\xfc', 'latin1')],
    ['UTF-16 without its mark', Buffer.from('email,name\nann@example.org,Ann\n', 'utf16le')],
    ['UTF-16 that ends within a character', Buffer.concat([Buffer.from('\ufeffemail\n', 'utf16le'), Buffer.from('a')])],
    ['half a surrogate pair', 'email,name\nann@example.org,\ud83c\n'],
  ])('GRP-3: %s is CSV_ENCODING', async (_, input) => {
    expect(await refusal(input)).toMatchObject({ code: 'CSV_ENCODING' })
  })

  it.each<[string, string, object]>([
    ['no header', 'ann@example.org,Ann\nbob@example.org,Bob\n', { column: 1, nearest: 'email' }],
    ['an empty file', '', { column: 1, reason: 'missing' }],
    ['blank lines only', '\n\r\n  \n', { column: 1, reason: 'missing' }],
    ['email not first', 'name,email\n', { column: 1 }],
    ['__proto__ as a column', 'email,__proto__\nann@example.org,x\n', { column: 2, reason: 'reserved-name' }],
    ['a repeated column', 'email,a,b,a\n', { column: 4, reason: 'repeated', sameAs: 2 }],
    ['102 columns', `email${',v'.repeat(101)}\n`, { column: 102, reason: 'too-many' }],
  ])('GRP-3: %s is CSV_HEADER_INVALID with the column', async (_, input, details) => {
    expect(await refusal(input)).toMatchObject({ code: 'CSV_HEADER_INVALID', ...details })
  })

  it.each<[string, string, object]>([
    ['a short row', 'email,a\nx@example.org,1\ny@example.org\n', { line: 3, columns: 1, expected: 2 }],
    ['a long row', 'email,a\n"x@example.org\n",1\ny@example.org,1,2\n', { line: 4, columns: 3, expected: 2 }],
    ['an open quote', 'email,a\nx@example.org,1\ny@example.org,"1\n\n', { line: 3, reason: 'quote-not-closed' }],
    ['text after a quote', 'email,a\nx@example.org,"1"2\n', { line: 2, reason: 'stray-quote' }],
    ['a quote within text', 'email,a\nx@example.org,1"2"\n', { line: 2, reason: 'stray-quote' }],
  ])('GRP-4: %s is CSV_ROW_INVALID with the line', async (_, input, details) => {
    expect(await refusal(input)).toMatchObject({ code: 'CSV_ROW_INVALID', ...details })
    expect(await refusal(byteByByte(Buffer.from(input)))).toMatchObject({ code: 'CSV_ROW_INVALID', ...details })
  })

  it('ERR-2: a refusal repeats nothing of the file', async () => {
    const bad = [
      'email,a\nsecret@example.org,1"2"\n',
      'secret@example.org,1\n',
      'email,secret me\n',
      'email,a\nsecret\n',
    ]
    for (const input of bad) {
      const error: unknown = await read(input).catch((caught: unknown) => caught)
      if (!isMailError(error)) throw new Error('not refused')
      expect(`${error.message}${error.stack}${JSON.stringify(error)}${String(error.cause)}`).not.toContain('secret')
    }
  })

  it('GRP-2: 10,000 rows pass and the 10,001st is CSV_TOO_MANY_ROWS', async () => {
    const row = (i: number) => `r${i}@example.org,x\n\n`
    expect((await read(textOf(10_000, row))).rows).toHaveLength(10_000)
    expect(await refusal(textOf(10_001, row))).toMatchObject({ code: 'CSV_TOO_MANY_ROWS', limit: 10_000, line: 20_002 })
  })

  it('GRP-3: a byte more than allowed is CSV_TOO_LARGE, as bytes and as text, and reading stops there', async () => {
    const text = 'email,name\nann@example.org,Bö\n'
    const limits = { ...GROUP_LIMITS, fileBytes: Buffer.byteLength(text) }
    expect(await refusal(text, limits)).toBeNull()
    for (const input of [`${text}\n`, Buffer.from(`${text}\n`)]) {
      expect(await refusal(input, limits)).toMatchObject({ code: 'CSV_TOO_LARGE', limit: limits.fileBytes })
    }
    let pulled = 0
    let closed = false
    async function* endless() {
      try {
        yield 'email,name\n'
        for (;;) {
          pulled++
          yield `${'\n'.repeat(1023)}\n`
        }
      } finally {
        closed = true
      }
    }
    expect(GROUP_LIMITS.fileBytes).toBe(10 * 1024 * 1024)
    const mebibyte = { ...GROUP_LIMITS, fileBytes: 1024 * 1024 }
    expect(await refusal(endless(), mebibyte)).toMatchObject({ code: 'CSV_TOO_LARGE', limit: mebibyte.fileBytes })
    expect(pulled).toBeLessThanOrEqual(1024 + 1)
    expect(closed).toBe(true)
  })

  it('T7: a file of lines of blanks is refused like one of too many rows', async () => {
    expect(await refusal(`email,name\n${' \n'.repeat(10_001)}`)).toMatchObject({
      code: 'CSV_TOO_MANY_ROWS',
      line: 10_002,
    })
  })

  it('T7: a long header that comes octet by octet costs as much as its length', async () => {
    const file = Buffer.from(`email,${'x'.repeat(60_000)}\n`)
    // With its third power in it, as it was, this takes hours.
    expect(await refusal(byteByByte(file))).toMatchObject({ code: 'CSV_HEADER_INVALID', column: 2 })
  })

  it.each<[string, string]>([
    ['one line that never ends', 'a'],
    ['a line of nothing but separators', ','],
    ['an unclosed quote over many lines', 'b\n'],
    ['quoted cells with line ends, separated', '"\n",'],
  ])('GRP-3: %s is refused after 64 KiB, not after 10 MiB', async (name, unit) => {
    let pulled = 0
    async function* bomb() {
      yield `email,name\nann@example.org,${name.startsWith('an unclosed') ? '"' : ''}`
      for (; pulled < 10 * 1024; pulled++) yield unit.repeat(1024 / unit.length)
    }
    expect(await refusal(bomb())).toMatchObject({ code: 'CSV_ROW_INVALID', line: 2, reason: 'too-large' })
    expect(pulled).toBeLessThan(300)
  })
})

describe('streaming', () => {
  it('GRP-3: reads ahead of its consumer by no more than a chunk and the piece it came in', async () => {
    let given = 0
    const source = textOf(10_000, (i) => {
      given = i
      return `r${i}@example.org,x\n`
    })
    let taken = 0
    for await (const { rows } of readCsv(source)) {
      taken += rows.length
      expect(rows.length).toBeLessThanOrEqual(1_000)
      expect(given - taken).toBeLessThanOrEqual(1)
    }
    expect(taken).toBe(10_000)
  })

  it('GRP-3: makes chunks of long rows smaller, so that memory does not depend on the file', async () => {
    const sizes: number[] = []
    for await (const { rows } of readCsv(textOf(600, (i) => `r${i}@example.org,${'x'.repeat(1_000)}\n`))) {
      sizes.push(rows.length)
    }
    expect(Math.max(...sizes)).toBeLessThan(150)
    expect(sizes.reduce((sum, size) => sum + size)).toBe(600)
  })

  it('closes its source when the consumer stops early', async () => {
    let closed = false
    async function* source() {
      try {
        yield* textOf(5_000, (i) => `r${i}@example.org,x\n`)
      } finally {
        closed = true
      }
    }
    for await (const _ of readCsv(source())) break
    expect(closed).toBe(true)
  })
})
