import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMailError } from '../../errors/mail-error.js'
import { hasUnsafeHeaderChars, parseAddress, parseMailbox, readAddress, tryParseAddress } from './index.js'

const reasonOf = (read: () => unknown): unknown => {
  try {
    read()
  } catch (error) {
    if (isMailError(error)) return [error.code, error.details.reason]
    throw error
  }
  return 'accepted'
}

/** Pieces an attacker would put together: line ends, headers, lists, quotes, comments, routes, encodings. */
const piece = fc.constantFrom(
  ...[
    'ann',
    'a.b',
    'x-y',
    '"',
    '\\',
    '@',
    '@example.org',
    'b@b.test',
    'shop.example',
    '.',
    '..',
    ',',
    ';',
    ':',
    '<',
    '>',
  ],
  ...['\r\n', '\r', '\n', '\0', '\t', '\u007f', '\u0085', '\u2028', '\u2029', '\ud800', '\udc00', '\u202e', '\u00a0'],
  ...[
    'Bcc: v@x.test',
    '\r\nBcc: v@x.test',
    ' ',
    '(c)',
    '[127.0.0.1]',
    '%0d%0a',
    '=?utf-8?q?=0a?=',
    '/',
    '?',
    '#',
    'ü',
    '。',
  ],
)
const hostile = fc.oneof(
  fc.array(piece, { maxLength: 8 }).map((parts) => parts.join('')),
  fc
    .tuple(fc.string({ unit: 'binary', maxLength: 12 }), fc.string({ maxLength: 12 }))
    .map(([a, b]) => `${a}@${b}.test`),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
)

/** Reads RFC 5321 mailboxes the slow, obvious way, to be compared with the scanner. */
const dotString = /^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+(?:\.[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+)*$/
const quotedString = /^"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\[\x20-\x7e])+"$/

describe('parseAddress', () => {
  it.each([
    ['ann@example.org', 'ann', 'example.org', 'ann@example.org', 'ann@example.org'],
    ['Ann.B+tag@Example.ORG', 'Ann.B+tag', 'example.org', 'Ann.B+tag@Example.ORG', 'ann.b+tag@example.org'],
    ['"ann b"@example.org', '"ann b"', 'example.org', '"ann b"@example.org', '"ann b"@example.org'],
    ['"a@b"@example.org', '"a@b"', 'example.org', '"a@b"@example.org', '"a@b"@example.org'],
    ['"Ann"@example.org', '"Ann"', 'example.org', '"Ann"@example.org', 'ann@example.org'],
    ['"a\\nn"@example.org', '"a\\nn"', 'example.org', '"a\\nn"@example.org', 'ann@example.org'],
    ["o'neil/x=y@a-b.co.uk", "o'neil/x=y", 'a-b.co.uk', "o'neil/x=y@a-b.co.uk", "o'neil/x=y@a-b.co.uk"],
    ['ann@Bücher.example', 'ann', 'xn--bcher-kva.example', 'ann@xn--bcher-kva.example', 'ann@xn--bcher-kva.example'],
    ['ann@faß.de', 'ann', 'xn--fa-hia.de', 'ann@xn--fa-hia.de', 'ann@xn--fa-hia.de'],
    [
      'ann@XN--BCHER-KVA.example',
      'ann',
      'xn--bcher-kva.example',
      'ann@XN--BCHER-KVA.example',
      'ann@xn--bcher-kva.example',
    ],
  ])('TRG-7: reads %s and keeps what was given for the envelope', (input, local, domain, mailbox, key) => {
    expect(parseAddress(input)).toEqual({ local, domain, mailbox, key })
  })

  it('TRG-7: compares without case, across normal forms and domain spellings, but keeps dots and plus tags apart', () => {
    const key = (input: string) => parseAddress(input, { smtpUtf8: true }).key
    expect(key('Jose\u0301@BÜCHER.example')).toBe(key('josé@xn--bcher-kva.example'))
    expect(key('a.b@gmail.com')).not.toBe(key('ab@gmail.com'))
    expect(key('a+x@gmail.com')).not.toBe(key('a@gmail.com'))
  })

  it('SND-2: takes letters beyond ASCII only when SMTPUTF8 is enabled', () => {
    expect(reasonOf(() => parseAddress('用户@example.org'))).toEqual(['ADDRESS_INVALID', 'smtputf8-not-enabled'])
    expect(parseAddress('用户@例子.example', { smtpUtf8: true })).toMatchObject({
      mailbox: '用户@例子.example',
      domain: 'xn--fsqu00a.example',
    })
    expect(readAddress('a\u202eb@example.org', { smtpUtf8: true })).toBe('control-character')
  })

  it.each([
    ['', 'empty'],
    ['ann', 'no-at-sign'],
    ['@example.org', 'local-empty'],
    ['""@example.org', 'local-empty'],
    ['.ann@example.org', 'local-dots'],
    ['ann.@example.org', 'local-dots'],
    ['a..b@example.org', 'local-dots'],
    ['a b@example.org', 'local-character'],
    ['ann(x)@example.org', 'local-character'],
    [' ann@example.org', 'local-character'],
    ['Ann <ann@example.org>', 'local-character'],
    ['"ann@example.org', 'local-quoting'],
    ['"a"b@example.org', 'local-quoting'],
    ['b@b.test, evil@x.test', 'list'],
    ['b@b.test;evil@x.test', 'list'],
    ['b,evil@x.test', 'list'],
    ['x@y.test\r\nBcc: v@x.test', 'domain-character'],
    ['x\r\nBcc: v@x.test', 'control-character'],
    ['"x\r\nBcc: v"@x.test', 'control-character'],
    ['x\0@x.test', 'control-character'],
    ['x\ud800@x.test', 'control-character'],
    ['ann@', 'domain-empty'],
    ['ann@example.org.', 'domain-label'],
    ['ann@-a.org', 'domain-label'],
    ['ann@a..org', 'domain-label'],
    ['ann@ex_ample.org', 'domain-character'],
    ['ann@example.org ', 'domain-character'],
    ['ann@localhost', 'domain-dotless'],
    ['ann@[1.2.3.4]', 'ip-address'],
    ['ann@[IPv6:::1]', 'ip-address'],
    ['ann@1.2.3.4', 'ip-address'],
    ['ann@0x7f.0x1', 'ip-address'],
    ['ann@１.２.３.４', 'ip-address'],
    ['ann@xn--0.org', 'domain-idn'],
    ['ann@xn--ascii-.org', 'domain-label'],
    ['ann@a\u2028b.org', 'domain-idn'],
    [`${'a'.repeat(65)}@example.org`, 'local-too-long'],
    [`${'é'.repeat(33)}@example.org`, 'smtputf8-not-enabled'],
    [`ann@${'a'.repeat(64)}.org`, 'domain-label'],
    [`ann@${`${'a'.repeat(50)}.`.repeat(5)}orgs`, 'domain-too-long'],
    [`${'a'.repeat(60)}@${`${'a'.repeat(49)}.`.repeat(4)}org`, 'too-long'],
    ['a'.repeat(1_000_000), 'too-long'],
  ])('refuses %j (%s)', (input, reason) => {
    expect(reasonOf(() => parseAddress(input))).toEqual(['ADDRESS_INVALID', reason])
    expect(tryParseAddress(input)).toBeNull()
  })

  it('accepts 64 octets before the @ and 254 in all', () => {
    const domain = `${'a'.repeat(61)}.${'b'.repeat(62)}.${'c'.repeat(61)}.de`
    expect(tryParseAddress(`${'x'.repeat(64)}@${domain}`)?.mailbox).toHaveLength(254)
    expect(readAddress(`${'x'.repeat(64)}@d${domain}`)).toBe('too-long')
    expect(readAddress(`${'é'.repeat(33)}@example.org`, { smtpUtf8: true })).toBe('local-too-long')
  })

  it('ERR-2: no refusal repeats the address', () => {
    for (const input of ['se"cret@x.test', 'secret@[1.2.3.4]', 'secret@x.test, b@x.test']) {
      try {
        parseAddress(input)
        expect.unreachable()
      } catch (error) {
        expect(JSON.stringify(error)).not.toContain('secret')
        expect(String(error)).not.toContain('secret')
      }
    }
  })

  it('TRG-1: 10,000 hostile strings give one clean mailbox or none (T1)', () => {
    let accepted = 0
    fc.assert(
      fc.property(hostile, fc.boolean(), (input, smtpUtf8) => {
        const address = tryParseAddress(input, { smtpUtf8 })
        if (!address) return
        accepted++
        expect(hasUnsafeHeaderChars(address.mailbox + address.key)).toBe(false)
        expect(address.domain).toMatch(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+$/)
        expect(address.mailbox.startsWith(`${address.local}@`)).toBe(true)
        expect(tryParseAddress(address.mailbox, { smtpUtf8 })).toEqual(address)
        if (!smtpUtf8) expect(dotString.test(address.local) || quotedString.test(address.local)).toBe(true)
      }),
      { numRuns: 10_000, seed: 7 },
    )
    expect(accepted).toBeGreaterThan(100)
  })

  it('TRG-1: a hostile display name never becomes a second recipient (T1)', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom('', 'Shop ', '"Shop" '), (junk, name) => {
        const input = `${name}${junk}<ann@example.org>`
        const outcome = reasonOf(() => {
          const mailbox = parseMailbox(input)
          expect(mailbox.address.mailbox).toBe('ann@example.org')
          expect(hasUnsafeHeaderChars(mailbox.name ?? '')).toBe(false)
          expect(mailbox.name ?? '').not.toContain(':')
        })
        expect(outcome === 'accepted' || Array.isArray(outcome)).toBe(true)
      }),
      { numRuns: 2_000, seed: 7 },
    )
  })
})
