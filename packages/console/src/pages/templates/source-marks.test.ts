import { describe, expect, it } from 'vitest'
import { marksOf, offsetOf, piecesOf, variablesIn } from './source-marks.js'

describe('what the editor marks', () => {
  it('TPL-2: finds variables in order of first use, whatever spaces are inside the braces', () => {
    expect(variablesIn('Hi {{name}}', '{{ 姓名 }} {{name}} {{user.name}}')).toEqual(['name', '姓名', 'user.name'])
  })

  it('TPL-2: leaves \\{{ alone, and sees the variable behind two backslashes', () => {
    expect(variablesIn('\\{{name}} \\\\{{code}}')).toEqual(['code'])
  })

  it('TRG-4: asks no value for the unsubscribe link', () => {
    expect(marksOf('{{unsubscribe_url}}')).toEqual([{ from: 0, to: 19, name: 'unsubscribe_url', kind: 'service' }])
  })

  it.each(['{{#if a}}', '{{this}}', '{{42}}', '{{a b}}', '{{}}', '{{open'])(
    'TPL-2: marks %s as something to look at, not as a variable',
    (source) => {
      expect(marksOf(source).map(({ kind }) => kind)).toEqual(['doubtful'])
      expect(variablesIn(source)).toEqual([])
    },
  )

  it('cuts the source at its marks and loses nothing', () => {
    const source = 'a {{b}} c {{#d}} e'
    const pieces = piecesOf(source, 10)
    expect(pieces.map(({ text }) => text).join('')).toBe(source)
    expect(pieces.map(({ kind }) => kind)).toEqual([null, 'variable', null, 'refused', null])
  })

  it('marks one character where a refusal lies outside of braces', () => {
    expect(piecesOf('ab}c', 2)).toEqual([
      { from: 0, text: 'ab', kind: null },
      { from: 2, text: '}', kind: 'refused' },
      { from: 3, text: 'c', kind: null },
    ])
  })

  it('turns a line and a column into an offset', () => {
    expect(offsetOf('one\ntwo {{x}}', 2, 5)).toBe(8)
    expect(offsetOf('one', 9, 9)).toBe(3)
  })
})
