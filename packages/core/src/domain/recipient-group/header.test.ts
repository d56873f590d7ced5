import { describe, expect, it } from 'vitest'
import { parseHeader, sameVariables } from './index.js'

const refusal = (cells: readonly string[]) => {
  try {
    parseHeader(cells)
  } catch (error) {
    return (error as { toJSON(): { code: string; details: object } }).toJSON()
  }
  return null
}

describe('parseHeader', () => {
  it('GRP-3: email comes first, trimmed and in any case; the others are variable names', () => {
    expect(parseHeader([' EMail ', ' name ', '姓名', 'user.id', 'a-b_c', 'Name'])).toEqual({
      variables: ['name', '姓名', 'user.id', 'a-b_c', 'Name'],
    })
    expect(parseHeader(['email'])).toEqual({ variables: [] })
  })

  it('GRP-3: names the column of what is no header, counted from 1, without repeating the cell', () => {
    expect(refusal([])).toMatchObject({ code: 'CSV_HEADER_INVALID', details: { column: 1, reason: 'missing' } })
    expect(refusal(['ann@example.org', 'Ann'])?.details).toMatchObject({
      column: 1,
      reason: 'not-email',
      nearest: 'email',
    })
    expect(refusal(['email', 'ok', ''])?.details).toMatchObject({ column: 3, reason: 'empty' })
    expect(refusal(['email', 'bob@example.org'])?.details).toMatchObject({ column: 2, reason: 'character' })
    expect(JSON.stringify(refusal(['email', 'bob@example.org']))).not.toContain('bob')
  })

  it('GRP-3: refuses a column that comes twice, email included; names are case-sensitive', () => {
    expect(refusal(['email', 'a', 'b', 'a '])?.details).toMatchObject({ column: 4, reason: 'repeated', sameAs: 2 })
    expect(refusal(['email', 'EMAIL'])?.details).toMatchObject({ column: 2, reason: 'repeated', sameAs: 1 })
    expect(refusal(['email', 'a', 'A'])).toBeNull()
  })

  it('takes 100 variables and no more', () => {
    const names = Array.from({ length: 100 }, (_, i) => `v${i}`)
    expect(parseHeader(['email', ...names]).variables).toHaveLength(100)
    expect(refusal(['email', ...names, 'one'])?.details).toMatchObject({
      column: 102,
      reason: 'too-many',
      nearest: 101,
    })
  })
})

describe('names of columns', () => {
  it.each(['a', 'user.name', '姓名', 'größe', 'x-1', '_', '1a', 'a'.repeat(64)])('TPL-2: takes %s', (name) => {
    expect(parseHeader(['email', name])).toEqual({ variables: [name] })
  })

  it.each(['', 'a'.repeat(65), 'a b', 'a/b', 'a\0', '{{a}}', '🎉', '42', '__proto__', 'constructor', 'this', 'null'])(
    'TPL-2: refuses %j',
    (name) => expect(refusal(['email', name])).toMatchObject({ code: 'CSV_HEADER_INVALID', details: { column: 2 } }),
  )
})

describe('sameVariables', () => {
  it('GRP-5: takes the same names in any order and says where each one stands', () => {
    expect(sameVariables(['a', 'b', 'c'], ['c', 'a', 'b'])).toEqual([1, 2, 0])
    expect(sameVariables([], [])).toEqual([])
  })

  it('GRP-5: names what is missing and what is unknown', () => {
    expect(() => sameVariables(['a', 'b'], ['b', 'B'])).toThrow(
      expect.objectContaining({ code: 'VARIABLES_MISMATCH', details: { missing: ['a'], unknown: ['B'] } }),
    )
  })
})
