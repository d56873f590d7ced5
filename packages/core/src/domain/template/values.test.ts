import { describe, expect, it } from 'vitest'
import { checkVariables, parseValues, valuesFrom, valuesSize } from './index.js'

const codeOf = (make: () => unknown) => {
  try {
    make()
  } catch (error) {
    return (error as { code?: string }).code
  }
  return null
}

describe('values', () => {
  it('TPL-3: takes strings, numbers and booleans', () => {
    expect([...parseValues({ a: 'x', b: 1.5, c: false, d: '' })]).toEqual([
      ['a', 'x'],
      ['b', '1.5'],
      ['c', 'false'],
      ['d', ''],
    ])
  })

  it.each([[null], [undefined], [{}], [[]], [Number.NaN], [Number.POSITIVE_INFINITY], [() => 1], [Symbol('x')], [1n]])(
    'TPL-3: refuses %s as a value, naming the variable',
    (value) =>
      expect(() => parseValues({ ok: 1, bad: value })).toThrow(
        expect.objectContaining({ code: 'VALUE_INVALID', details: expect.objectContaining({ variable: 'bad' }) }),
      ),
  )

  it.each(['a\0b', 'a\ud800', '\udc00a'])('TPL-3: refuses %j, which has no place in mail', (value) => {
    expect(codeOf(() => parseValues({ a: value }))).toBe('VALUE_INVALID')
  })

  it.each(['__proto__', 'constructor', 'prototype', 'this', 'a b', '', '12', 'x'.repeat(65)])(
    'TPL-2: refuses %j as the name of a value',
    (name) => {
      expect(codeOf(() => parseValues(JSON.parse(`{${JSON.stringify(name)}:"x"}`)))).toBe('VALUE_INVALID')
      expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
    },
  )

  it('T5: answers for names of Object.prototype only what was given', () => {
    const values = parseValues({ hasOwnProperty: 'x', toString: 'y' })
    expect(values.get('hasOwnProperty')).toBe('x')
    expect(values.get('valueOf')).toBeUndefined()
    expect(codeOf(() => parseValues([['a', 'b']]))).toBe('VALUE_INVALID')
    expect(codeOf(() => parseValues('abc'))).toBe('VALUE_INVALID')
  })

  it('TPL-8: takes 800 octets of JSON and refuses 801', () => {
    const around = JSON.stringify({ 姓名: '', n: 5 }).length + 4
    const exact = { 姓名: 'x'.repeat(800 - around), n: 5 }
    expect(Buffer.byteLength(JSON.stringify(exact))).toBe(800)
    expect(parseValues(exact).size).toBe(2)
    expect(() => parseValues({ ...exact, n: 55 })).toThrow(
      expect.objectContaining({
        code: 'VARIABLES_TOO_LONG',
        details: expect.objectContaining({ size: 801, maximum: 800 }),
      }),
    )
  })

  it('TPL-8: measures as JSON does, in octets of UTF-8', () => {
    for (const values of [{}, { a: '"\\\n' }, { é: '😀', b: true, c: -1.5e30 }]) {
      expect(valuesSize(Object.entries(values))).toBe(Buffer.byteLength(JSON.stringify(values)))
    }
  })

  it('TPL-9: puts names and cells of a row together, empty cells too', () => {
    expect([...valuesFrom(['a', 'b'], ['', 'x'])]).toEqual([
      ['a', ''],
      ['b', 'x'],
    ])
  })
})

describe('names of variables', () => {
  it('TPL-9, TSK-2: lists what is missing and what is unknown', () => {
    expect(() => checkVariables({ template: ['a', 'b', 'c'], given: ['c', 'd', 'B'] })).toThrow(
      expect.objectContaining({ code: 'VARIABLES_MISMATCH', details: { missing: ['a', 'b'], unknown: ['d', 'B'] } }),
    )
    expect(codeOf(() => checkVariables({ template: ['a'], given: [] }))).toBe('VARIABLES_MISMATCH')
    expect(codeOf(() => checkVariables({ template: [], given: ['a'] }))).toBe('VARIABLES_MISMATCH')
  })

  it('TPL-9: does not mind their order', () => {
    expect(codeOf(() => checkVariables({ template: ['a', 'b'], given: ['b', 'a'] }))).toBeNull()
  })
})
