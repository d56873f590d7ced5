import { describe, expect, it } from 'vitest'
import { checkEnvelope } from './check-envelope.js'

const checked = (address: string, smtpUtf8 = true) => checkEnvelope({ from: '', to: [address] }, smtpUtf8).to[0]

describe('checkEnvelope', () => {
  it.each([
    '"a\\\nRSET"@example.org',
    '"a\\\r"@example.org',
    '"a\\\0"@example.org',
    '"a\\>"@example.org',
    '"a\\\u0085é"@example.org',
    'é\u2028@example.org',
    'é\ud800@example.org',
  ])('T1: refuses a character no command can hold, also behind a backslash: %j', (address) => {
    expect(() => checked(address)).toThrow(expect.objectContaining({ code: 'ADDRESS_INVALID' }))
  })

  it.each([
    'ann@evil.example/bücher.example',
    'ann@evil.example#bücher.example',
    'ann@evil.example?bücher.example',
    'ann@bücher.example\\evil',
    'ann@b%C3%BCcher-é.example',
  ])('T1: makes no other domain of one that is none: %s', (address) => {
    expect(() => checked(address)).toThrow(expect.objectContaining({ code: 'ADDRESS_INVALID' }))
  })

  it('leaves quoted pairs and international domains what they are', () => {
    expect(checked('"a\\"b, c"@example.org')).toBe('"a\\"b, c"@example.org')
    expect(checked('ann@bücher.example')).toBe('ann@xn--bcher-kva.example')
  })
})
