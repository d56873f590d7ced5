import { CsvError, parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMailError } from '../../errors/mail-error.js'
import { type CsvFormat, csvRecords } from './index.js'

type Read = readonly (readonly [line: number, ...cells: string[]])[]

function read(
  pieces: readonly string[],
  { separator = ',', recordBytes = 1_000 }: Partial<CsvFormat> = {},
): { readonly records: Read; readonly fault: object | null } {
  const records: [number, ...string[]][] = []
  const reader = csvRecords({ separator, recordBytes }, (cells, line) => records.push([line, ...cells]))
  try {
    for (const piece of pieces) reader.write(piece)
    reader.end()
    return { records, fault: null }
  } catch (error) {
    if (isMailError(error, 'CSV_ROW_INVALID')) return { records, fault: error.details }
    throw error
  }
}

/** What csv-parse makes of it, strict, with any line end. */
function byLibrary(text: string, delimiter: string): readonly (readonly string[])[] | null {
  try {
    return parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
    })
  } catch (error) {
    if (error instanceof CsvError) return null
    throw error
  }
}

const separators = fc.constantFrom<CsvFormat['separator']>(',', ';', '\t')
/** Every way in which quotes, separators and line ends can meet. */
const anyText = fc.string({ unit: fc.constantFrom('a', 'é', '"', '"', ',', ';', '\t', '\n', '\r', ' '), maxLength: 24 })
const cuts = fc.array(fc.nat({ max: 24 }), { maxLength: 24 })
const cutAt = (text: string, places: readonly number[]): readonly string[] => {
  const sorted = [0, ...[...places].sort((a, b) => a - b), text.length]
  return sorted.slice(1).map((to, index) => text.slice(sorted[index], Math.max(to, sorted[index] ?? 0)))
}

describe('csvRecords', () => {
  it('GRP-3: cuts what csv-parse cuts, and refuses what it refuses, wherever the text is cut', () => {
    fc.assert(
      fc.property(anyText, separators, cuts, (text, separator, places) => {
        const expected = byLibrary(text, separator)
        const { records, fault } = read(cutAt(text, places), { separator })
        if (expected === null) expect(fault).not.toBeNull()
        else expect(records.map(([, ...cells]) => cells)).toEqual(expected)
      }),
      { numRuns: 3_000 },
    )
  })

  it('GRP-4: says the same, records, lines and fault, however the text is cut', () => {
    fc.assert(
      fc.property(anyText, cuts, (text, places) => {
        expect(read(cutAt(text, places))).toEqual(read([text]))
      }),
      { numRuns: 2_000 },
    )
  })

  it('GRP-4: names the line that each record starts on, empty lines and line ends within quotes counted', () => {
    expect(read(['\n\r\na,b\r\r"x\r\ny\rz","\n"\n\nlast'])).toEqual({
      records: [
        [3, 'a', 'b'],
        [5, 'x\r\ny\rz', '\n'],
        [10, 'last'],
      ],
      fault: null,
    })
  })

  it('GRP-4: hands on what stands before a fault', () => {
    expect(read(['a,b\nc,"d\ne"\nf,g"\nh'])).toEqual({
      records: [
        [1, 'a', 'b'],
        [2, 'c', 'd\ne'],
      ],
      fault: { line: 4, reason: 'stray-quote' },
    })
    expect(read(['a\n"b\n\nc'])).toEqual({ records: [[1, 'a']], fault: { line: 2, reason: 'quote-not-closed' } })
  })

  it.each<[string, string]>([
    ['plain', 'a,b'],
    ['in quotes, with a line end', '"a\n",b'],
    ['of characters beyond ASCII', 'é,"🎉"'],
    ['of separators', ',,,'],
  ])('GRP-3: takes a record %s of so many octets and not of one more', (_, record) => {
    const recordBytes = Buffer.byteLength(record)
    const text = `x\n${record}\n`
    expect(read([text], { recordBytes }).fault).toBeNull()
    for (const pieces of [[text], [...text], [`x\n${record}`]])
      expect(read(pieces, { recordBytes: recordBytes - 1 })).toEqual({
        records: [[1, 'x']],
        fault: { line: 2, reason: 'too-large', limit: recordBytes - 1 },
      })
  })

  it.each<[string, string, string]>([
    ['a line', '', 'a'],
    ['a line of nothing but separators', '', ','],
    ['a cell of doubled quotes', '"', '""'],
    ['a cell of many lines', '"', 'b\n'],
    ['a record of many cells with line ends', '"', '\n","'],
  ])('T7: %s that never ends is refused before more of it is kept than a record may have', (_, start, unit) => {
    const reader = csvRecords({ separator: ',', recordBytes: 10_000 }, () => {})
    reader.write(start)
    let written = start.length
    const write = () => {
      for (; written < 100_000; written += unit.length) reader.write(unit)
    }
    expect(write).toThrow(expect.objectContaining({ code: 'CSV_ROW_INVALID' }))
    expect(written).toBeLessThanOrEqual(10_000)
  })
})
