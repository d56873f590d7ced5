import { describe, expect, it } from 'vitest'
import { parseHostName, toDomainUnicode } from './index.js'

describe('parseHostName', () => {
  it.each([
    ['Mail.Shop.Example', 'mail.shop.example', 'mail.shop.example', 'shop.example'],
    ['shop.example.', 'shop.example', 'shop.example', 'shop.example'],
    ['abc.shop.co.uk', 'abc.shop.co.uk', 'abc.shop.co.uk', 'shop.co.uk'],
    ['Bücher.example', 'xn--bcher-kva.example', 'bücher.example', 'xn--bcher-kva.example'],
    ['faß.de', 'xn--fa-hia.de', 'faß.de', 'xn--fa-hia.de'],
    ['邮件.公司.cn', 'xn--5nq051n.xn--55qx5d.cn', '邮件.公司.cn', 'xn--5nq051n.xn--55qx5d.cn'],
    ['a。shop。example', 'a.shop.example', 'a.shop.example', 'shop.example'],
    ['me.github.io', 'me.github.io', 'me.github.io', 'me.github.io'],
  ])('DOM-1: %s is stored as A-label and shown as U-label', (input, ascii, unicode, registrable) => {
    expect(parseHostName(input)).toEqual({ ascii, unicode, registrable })
  })

  it.each([
    ['', 'domain-empty'],
    ['co.uk', 'public-suffix'],
    ['github.io', 'public-suffix'],
    ['公司.cn', 'public-suffix'],
    ['example', 'public-suffix'],
    ['1.2.3.4', 'ip-address'],
    ['[::1]', 'ip-address'],
    ['::1', 'ip-address'],
    ['0x7f.1', 'ip-address'],
    ['１２７.0.0.1', 'ip-address'],
    ['a_b.example.org', 'domain-character'],
    ['https//shop.example', 'domain-character'],
    ['shop.example/x', 'domain-character'],
    ['user@shop.example', 'domain-character'],
    ['sh op.example', 'domain-character'],
    ['shop.example\n', 'domain-character'],
    ['%73hop.example', 'domain-character'],
    ['*.shop.example', 'domain-character'],
    ['a..example', 'domain-label'],
    ['-a.example', 'domain-label'],
    [`${'a'.repeat(64)}.example`, 'domain-label'],
    [`${'ü'.repeat(63)}.example`, 'domain-label'],
    [`${'a.'.repeat(126)}ab`, 'domain-too-long'],
    ['xn--0.example', 'domain-idn'],
    ['a\u200db.example', 'domain-idn'],
    ['a／b.example', 'domain-idn'],
  ])('DOM-1: refuses %j (%s)', (input, reason) => {
    expect(() => parseHostName(input)).toThrow(
      expect.objectContaining({ code: 'DOMAIN_NAME_INVALID', details: expect.objectContaining({ reason }) }),
    )
  })

  it('DOM-1: takes labels of 63 and names of 253 characters', () => {
    const longest = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(58)}.de`
    expect(parseHostName(longest).ascii).toHaveLength(253)
  })

  it.each([
    ['аррӏе.com', 'Cyrillic that reads as Latin'],
    ['pаypal.com', 'Latin with one Cyrillic letter'],
    ['gооgle.com', 'Latin with Cyrillic o'],
    ['αmazon.com', 'Latin with Greek alpha'],
    ['аmаzоn.com', 'Latin with Cyrillic a and o'],
    ['mіcrosoft.com', 'Latin with Ukrainian i'],
    ['faceƄооk.com', 'three scripts of look'],
    ['googɩe.com', 'Latin iota for l'],
    ['paypaı.com', 'dotless i'],
    ['ѕсоре.com', 'all Cyrillic lookalikes'],
    ['shop漢.com', 'Latin with Han'],
    ['abcא.com', 'Latin with Hebrew'],
  ])('shows %s as A-label (T20: %s)', (input) => {
    const { ascii, unicode } = parseHostName(input)
    expect(unicode).toBe(ascii)
    expect(unicode).toContain('xn--')
  })

  it.each(['пример.рф', 'ひらがなカタカナ漢字.jp', '한국.kr', 'παράδειγμα.gr', 'café-24.fr', 'مثال.com'])(
    'shows %s as it is: one script a label (T20)',
    (input) => {
      expect(toDomainUnicode(parseHostName(input).ascii)).toBe(input)
    },
  )
})
