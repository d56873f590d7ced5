import { describe, expect, it } from 'vitest'
import { importReport, judgeRow, type RowFault, sampleCsv } from './index.js'

/** As plainly as the rule says it. */
const jsonBytes = (name: string) => Buffer.byteLength(JSON.stringify({ name, city: '' }))
const judge = (...cells: string[]) => judgeRow(cells, 7, ['name', 'city'])

describe('judgeRow', () => {
  it('GRP-4: a valid row keeps its address as given, its key folded, its provider and its values', () => {
    expect(judge(' Ann@Gmail.COM ', 'Ann', 'Köln')).toMatchObject({
      type: 'valid',
      key: 'ann@gmail.com',
      lane: 'gmail',
      values: ['Ann', 'Köln'],
    })
    expect(judge('Ann@example.org', '', '')).toMatchObject({ mailbox: 'Ann@example.org', values: ['', ''] })
  })

  it('GRP-4: takes cells that look like formulas, and blanks around values, as they are', () => {
    expect(judge('ann@example.org', '=HYPERLINK("x")', ' +1 ')).toMatchObject({ values: ['=HYPERLINK("x")', ' +1 '] })
  })

  it.each<[RowFault, string[]]>([
    ['empty', ['  ', 'Ann', '']],
    ['invalid-address', ['bad@@example.org', '', '']],
    ['invalid-address', ['a@example.org,b@example.org', '', '']],
    ['invalid-address', ['Ann <ann@example.org>', '', '']],
    ['invalid-value', ['ann@example.org', 'a\0b', '']],
    ['invalid-value', ['ann@example.org', '', '\ud83c']],
    ['too-long', ['ann@example.org', 'x'.repeat(800), '']],
  ])('GRP-4: %s: %j', (reason, cells) => {
    expect(judge(...cells)).toEqual({ type: 'fault', reason })
  })

  it('TPL-8: 800 bytes of values as JSON pass and 801 do not, whatever they are made of', () => {
    for (const filler of ['x', 'é', '漢', '🎉', '"', '\u0001']) {
      const bytes = (count: number) => jsonBytes(filler.repeat(count))
      const most = Math.floor((800 - bytes(0)) / (bytes(1) - bytes(0)))
      const pad = 'y'.repeat(800 - bytes(most))
      const value = filler.repeat(most) + pad
      expect(jsonBytes(value)).toBe(800)
      expect(judge('a@example.org', value, '').type).toBe('valid')
      expect(judge('a@example.org', value, 'y')).toEqual({ type: 'fault', reason: 'too-long' })
    }
  })

  it('GRP-4: another number of columns than the header is a mistake of the whole file, with its line', () => {
    expect(() => judge('ann@example.org', 'Ann')).toThrow(
      expect.objectContaining({
        code: 'CSV_ROW_INVALID',
        details: { line: 7, reason: 'column-count', columns: 2, expected: 3 },
      }),
    )
    expect(() => judge('', '', '', '')).toThrow(expect.objectContaining({ code: 'CSV_ROW_INVALID' }))
  })

  it('takes a local part beyond ASCII only when SMTPUTF8 is enabled', () => {
    expect(judgeRow(['jürgen@example.org'], 2, [])).toEqual({ type: 'fault', reason: 'invalid-address' })
    expect(judgeRow(['jürgen@example.org'], 2, [], { smtpUtf8: true }).type).toBe('valid')
  })
})

describe('importReport', () => {
  it('GRP-4: counts each kind, and the total is their sum', () => {
    const builder = importReport()
    builder.valid()
    builder.valid()
    const faults: RowFault[] = ['empty', 'repeated', 'invalid-address', 'invalid-value', 'too-long']
    for (const [index, fault] of faults.entries()) builder.fault(index + 2, fault)
    expect(builder.report()).toEqual({
      total: 7,
      valid: 2,
      empty: 1,
      repeated: 1,
      invalid: 2,
      tooLong: 1,
      rows: faults.map((reason, index) => ({ line: index + 2, reason })),
    })
  })

  it('GRP-4: lists the first 1,000 and counts all', () => {
    const builder = importReport()
    for (let line = 2; line < 1_502; line++) builder.fault(line, 'empty')
    const report = builder.report()
    expect(report.empty).toBe(1_500)
    expect(report.rows).toHaveLength(1_000)
    expect(report.rows.at(-1)).toEqual({ line: 1_001, reason: 'empty' })
  })
})

describe('sampleCsv', () => {
  it('GRP-7: has email, name and two rows without a template', () => {
    expect(sampleCsv()).toBe('email,name\r\nann@example.org,Ann\r\nbob@example.org,Bob\r\n')
    expect(sampleCsv([])).toBe('email\r\nann@example.org\r\nbob@example.org\r\n')
  })

  it('GRP-7: its rows are valid under its own header', () => {
    const [header = '', ...rows] = sampleCsv(['name', '姓名']).trimEnd().split('\r\n')
    expect(header).toBe('email,name,姓名')
    expect(rows.map((row) => judgeRow(row.split(','), 2, ['name', '姓名']).type)).toEqual(['valid', 'valid'])
    expect(() => sampleCsv(['email'])).toThrow(expect.objectContaining({ code: 'CSV_HEADER_INVALID' }))
  })
})
