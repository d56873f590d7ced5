import { describe, expect, it } from 'vitest'
import { checkDisplayName, hasUnsafeHeaderChars, parseMailbox } from './index.js'

describe('parseMailbox', () => {
  it.each([
    ['Shop <hello@mail.shop.example>', 'Shop', 'hello@mail.shop.example'],
    ['hello@mail.shop.example', null, 'hello@mail.shop.example'],
    ['<hello@mail.shop.example>', null, 'hello@mail.shop.example'],
    ['Müller & Söhne GmbH <a@shop.example>', 'Müller & Söhne GmbH', 'a@shop.example'],
    ['"Smith, Ann" <ann@shop.example>', 'Smith, Ann', 'ann@shop.example'],
    ['"say \\"hi\\"" <ann@shop.example>', 'say "hi"', 'ann@shop.example'],
    ['"a <b@c.example>" <ann@shop.example>', 'a <b@c.example>', 'ann@shop.example'],
    ['"a<b>"@shop.example', null, '"a<b>"@shop.example'],
    ['Odd <"a<b"@shop.example>', 'Odd', '"a<b"@shop.example'],
  ])('reads %s', (input, name, mailbox) => {
    const read = parseMailbox(input)
    expect([read.name, read.address.mailbox]).toEqual([name, mailbox])
  })

  it.each([
    ['a@x.test, b@y.test', 'ADDRESS_INVALID', 'list'],
    ['a@x.test, Shop <b@y.test>', 'ADDRESS_INVALID', 'list'],
    ['Shop <a@x.test>, <b@y.test>', 'ADDRESS_INVALID', 'list'],
    ['Shop <a@x.test> <b@y.test>', 'ADDRESS_INVALID', 'domain-character'],
    ['Shop <a@x.test', 'ADDRESS_INVALID', 'local-character'],
    ['v@x.test <b@y.test>', 'SENDER_NAME_INVALID', 'needs-quotes'],
    ['"open <b@y.test>', 'ADDRESS_INVALID', 'local-quoting'],
  ])('TRG-1: a string is one address, never split: %s', (input, code, reason) => {
    expect(() => parseMailbox(input)).toThrow(
      expect.objectContaining({ code, details: expect.objectContaining({ reason }) }),
    )
  })

  it.each([
    ['Shop: News', 'colon'],
    ['Shop\r\nBcc: v@x.test', 'control-character'],
    ['Shop\tNews', 'control-character'],
    ['Shop\0', 'control-character'],
    ['Shop\u007f', 'control-character'],
    ['Shop\u0085', 'control-character'],
    ['Shop\u009b', 'control-character'],
    ['Shop\u2028', 'control-character'],
    ['Shop\ud83d', 'control-character'],
    ['x'.repeat(101), 'too-long'],
  ])('SND-2: refuses the display name %j (%s)', (name, reason) => {
    const refusal = expect.objectContaining({
      code: 'SENDER_NAME_INVALID',
      details: expect.objectContaining({ reason }),
    })
    expect(() => checkDisplayName(name)).toThrow(refusal)
    expect(() => parseMailbox(`"${name}" <a@shop.example>`)).toThrow(refusal)
  })

  it('SND-2: takes any other name', () => {
    for (const name of ['Shop', 'Магазин', '商店 😀', 'A. B. & Co', 'x'.repeat(100)]) {
      expect(parseMailbox(`"${name}" <a@shop.example>`).name).toBe(name)
    }
  })

  it('refuses a line end beside the name instead of trimming it', () => {
    expect(() => parseMailbox('Shop\r\n <a@shop.example>')).toThrow()
  })
})

describe('hasUnsafeHeaderChars', () => {
  it('finds C0, DEL, NEL, Unicode line ends and lone surrogates anywhere (T1)', () => {
    const unsafe = [...Array(32).keys(), 0x7f, 0x85, 0x2028, 0x2029, 0xd800, 0xdbff, 0xdc00, 0xdfff]
    for (const code of unsafe) {
      const char = String.fromCharCode(code)
      for (const value of [char, `${char}x`, `x${char}x`, `x${char}`]) expect(hasUnsafeHeaderChars(value)).toBe(true)
    }
    expect(hasUnsafeHeaderChars('Grüße 😀 姓名 a b')).toBe(false)
  })
})
