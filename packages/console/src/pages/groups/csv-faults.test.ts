import { describe, expect, it } from 'vitest'
import { csvFaults } from './csv-faults.js'
import { importTexts } from './import-texts.js'

const say = (code: string, details: Readonly<Record<string, unknown>>) =>
  csvFaults({ code, details }, importTexts.en, String)

describe('GRP-4: what is wrong with a file', () => {
  it('is told with the line, or the column of the header', () => {
    expect(say('CSV_ROW_INVALID', { line: 7, reason: 'column-count', columns: 2, expected: 3 })).toEqual([
      'It is in line 7.',
      'It has 2 columns, the header has 3. Put a value that holds a comma into quotes.',
    ])
    expect(say('CSV_HEADER_INVALID', { column: 3, reason: 'repeated' })).toEqual([
      'It is in the first line, column 3.',
      'Two columns have the same name.',
    ])
  })

  it('is told for reasons that only a later API knows, too', () => {
    expect(say('CSV_ROW_INVALID', { line: 2, reason: 'constructor' })).toEqual([
      'It is in line 2.',
      importTexts.en.rowMalformed,
    ])
    expect(say('CSV_HEADER_INVALID', { column: 2, reason: 'number' })[1]).toBe(importTexts.en.headerName)
    expect(say('ANYTHING', {})).toEqual([])
  })

  it('GRP-2: names the limit that is reached and what still fits', () => {
    expect(say('CSV_TOO_MANY_ROWS', { scope: 'file', limit: 10_000, line: 10_002 })).toEqual([
      'A file has at most 10000 recipients.',
    ])
    expect(say('CSV_TOO_MANY_ROWS', { scope: 'group', limit: 50_000, present: 49_999, nearest: 1 })).toEqual([
      'A group holds at most 50000 recipients; this one has 49999, so 1 more fit.',
    ])
  })

  it('GRP-5: names the variables that differ', () => {
    expect(say('VARIABLES_MISMATCH', { missing: ['code'], unknown: [] })).toEqual([
      'The file lacks: code',
      importTexts.en.sameVariables,
    ])
  })
})
