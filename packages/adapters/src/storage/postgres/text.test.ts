import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBytes, fromText, toBytes, toJsonRows, toText } from './text.js'

// Every code unit, lone surrogates and control characters included.
const anyString = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
  .map((units) => String.fromCharCode(...units))
const storable = /^(?:[^\0\ud800-\udfff]|[\ud800-\udbff][\udc00-\udfff])*$/

describe('text', () => {
  it('brings every string back, through text that Postgres takes', () => {
    fc.assert(
      fc.property(anyString, (text) => {
        expect(toText(text)).toMatch(storable)
        expect(fromText(toText(text))).toBe(text)
      }),
    )
  })

  it('escapes strings within JSON rows just as it escapes them alone', () => {
    fc.assert(
      fc.property(anyString, anyString, (a, b) => {
        expect(JSON.parse(toJsonRows([{ a, b: `\\${b}` }]))).toEqual([{ a: toText(a), b: toText(`\\${b}`) }])
      }),
    )
  })
})

describe('ids as bytes', () => {
  it('brings every id back', () => {
    fc.assert(
      fc.property(fc.oneof(anyString, fc.uuid()), (id) => {
        expect(fromBytes(toBytes(id))).toBe(id)
      }),
    )
  })

  it('keeps the order of UUIDs, and that of other text by its UTF-8', () => {
    const inOrder = (a: string, b: string) => Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b)))
    const asBytes = (a: string, b: string) => Math.sign(Buffer.compare(bytesOf(a), bytesOf(b)))
    const bytesOf = (id: string) => Buffer.from(toBytes(id).slice(2), 'hex')
    const keepsOrder = (a: string, b: string): void => {
      expect(asBytes(a, b)).toBe(inOrder(a, b))
    }
    fc.assert(fc.property(fc.uuid(), fc.uuid(), keepsOrder))
    const word = fc.string({ minLength: 1, maxLength: 20 })
    fc.assert(fc.property(word, word, keepsOrder))
  })

  it('keeps 16 characters of text apart from the UUID of the same bytes', () => {
    const id = '61616161-6161-6161-6161-616161616161'
    expect(toBytes('a'.repeat(16))).not.toBe(toBytes(id))
    expect(fromBytes(toBytes('a'.repeat(16)))).toBe('a'.repeat(16))
  })
})
