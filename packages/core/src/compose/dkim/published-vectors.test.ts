import { createPrivateKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { headerFields, relaxedField } from './header-fields.js'
import { bodyHash, relaxed } from './relaxed-body.js'
import { type DkimSigner, signatureOf } from './sign-mail.js'

/** RFC 8463 appendix A.3. */
const HEADERS = [
  'From: Joe SixPack <joe@football.example.com>',
  'To: Suzie Q <suzie@shopping.example.net>',
  'Subject: Is dinner ready?',
  'Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)',
  'Message-ID: <20030712040037.46341.5F8J@football.example.com>',
  '',
].join('\r\n')
const BODY = ['Hi.', '', 'We lost the game.  Are you hungry yet?', '', 'Joe.', ''].join('\r\n')
const BODY_HASH = '2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8='
const SIGNED = ['from', 'to', 'subject', 'date', 'message-id', 'from', 'subject', 'date']

/** Appendix A.2: the seed of RFC 8032 §7.1, in PKCS #8. */
const ed25519 = createPrivateKey({
  format: 'der',
  type: 'pkcs8',
  key: Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    Buffer.from('nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=', 'base64'),
  ]),
})
const rsa = createPrivateKey(`-----BEGIN RSA PRIVATE KEY-----
MIICXQIBAAKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQi
Y/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqM
KrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB
AoGAH0cxOhFZDgzXWhDhnAJDw5s4roOXN4OhjiXa8W7Y3rhX3FJqmJSPuC8N9vQm
6SVbaLAE4SG5mLMueHlh4KXffEpuLEiNp9Ss3O4YfLiQpbRqE7Tm5SxKjvvQoZZe
zHorimOaChRL2it47iuWxzxSiRMv4c+j70GiWdxXnxe4UoECQQDzJB/0U58W7RZy
6enGVj2kWF732CoWFZWzi1FicudrBFoy63QwcowpoCazKtvZGMNlPWnC7x/6o8Gc
uSe0ga2xAkEA8C7PipPm1/1fTRQvj1o/dDmZp243044ZNyxjg+/OPN0oWCbXIGxy
WvmZbXriOWoSALJTjExEgraHEgnXssuk7QJBALl5ICsYMu6hMxO73gnfNayNgPxd
WFV6Z7ULnKyV7HSVYF0hgYOHjeYe9gaMtiJYoo0zGN+L3AAtNP9huqkWlzECQE1a
licIeVlo1e+qJ6Mgqr0Q7Aa7falZ448ccbSFYEPD6oFxiOl9Y9se9iYHZKKfIcst
o7DUw1/hz2Ck4N5JrgUCQQCyKveNvjzkkd8HjYs0SwM0fPjK16//5qDZ2UiDGnOe
uEzxBDAr518Z8VFbR41in3W4Y3yCDgQlLlcETrS+zYcL
-----END RSA PRIVATE KEY-----`)

/** The field that the appendix shows, up to its empty `b=`. */
const unsigned = (algorithm: string, selector: string): string =>
  [
    `DKIM-Signature: v=1; a=${algorithm}; c=relaxed/relaxed;`,
    ' d=football.example.com; i=@football.example.com;',
    ` q=dns/txt; s=${selector}; t=1528637909; h=from : to :`,
    ' subject : date : message-id : from : subject : date;',
    ` bh=${BODY_HASH};`,
    ' b=',
  ].join('\r\n')

/** What is hashed: of fields of one name the last first, and nothing for one that is named once too often (RFC 6376 §5.4.2). */
function hashed(): string {
  const left = [...headerFields(HEADERS)]
  return SIGNED.map((name) => {
    const at = left.findLastIndex((field) => field.name === name)
    return at < 0 ? '' : `${left.splice(at, 1)[0]?.relaxed}\r\n`
  }).join('')
}

const signer = (key: DkimSigner['key']): DkimSigner => ({ domain: 'football.example.com', selector: 'any', key })

describe('RFC 8463 appendix A', () => {
  it('DOM-8: its body has its hash', () => {
    expect(bodyHash(Buffer.from(BODY))).toBe(BODY_HASH)
  })

  it.each([
    {
      algorithm: 'ed25519-sha256',
      selector: 'brisbane',
      key: ed25519,
      b: '/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==',
    },
    {
      algorithm: 'rsa-sha256',
      selector: 'test',
      key: rsa,
      b: 'F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2JzdA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=',
    },
  ])('DOM-8: its $algorithm signature comes out bit for bit', async ({ algorithm, selector, key, b }) => {
    const signature = await signatureOf(signer(key), { names: SIGNED, text: hashed() }, unsigned(algorithm, selector))
    expect(signature.toString('base64')).toBe(b)
  })
})

describe('RFC 6376 §3.4.5', () => {
  it('DOM-8: its header and its body come out in relaxed form as it shows them', () => {
    expect(headerFields('A: X\r\nB : Y\t\r\n\tZ  \r\n').map((field) => field.relaxed)).toEqual(['a:X', 'b:Y Z'])
    expect(relaxed(Buffer.from(' C \r\nD \t E\r\n\r\n\r\n')).toString()).toBe(' C\r\nD E\r\n')
    expect(relaxedField('SUBJect: AbC\r\n')).toEqual({ name: 'subject', relaxed: 'subject:AbC' })
  })
})
