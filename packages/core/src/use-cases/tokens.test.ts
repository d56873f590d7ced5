import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTokens } from './tokens.js'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 23, 12)
const SECRET = 'a secret that only tests use'
const mail = { id: '019300aa-bbcc-7ddd-8eee-ff0011223344', acceptedAt: NOW }
const version = '019300aa-0000-7000-8000-000000000001'
const target = 'https://shop.example/?u=ann%40shop.example'
const tokens = createTokens(SECRET)
const reader = { account: 'default', senderDomain: 'mail.shop.example', recipient: 'ann@shop.example' }
const of = (more: Partial<typeof mail> = {}) => tokens.of({ ...mail, ...more })
const all = (from = tokens) => {
  const made = from.of(mail)
  return {
    open: made.open(),
    unsubscribe: made.unsubscribe(reader),
    click: made.click(version, 7),
    sealed: made.sealed(target),
  }
}
/** What any reader makes of a token. */
const readings = (token: string, by = tokens, now = NOW) =>
  [by.readOpen(token, now), by.readUnsubscribe(token, now), by.readClick(token, now)].map((read) => read !== null)

describe('tokens', () => {
  it('TRK-1: say the mail, and a click where it leads', () => {
    const { open, unsubscribe, click, sealed } = all()
    const said = { message: mail.id, issuedAt: Date.UTC(2026, 10, 23) }
    expect(tokens.readOpen(open, NOW)).toEqual(said)
    expect(tokens.readUnsubscribe(unsubscribe, NOW)).toEqual({ ...said, reader })
    expect(tokens.readClick(click, NOW)).toEqual({ ...said, version, number: 7 })
    expect(tokens.readClick(sealed, NOW)).toEqual({ ...said, version: null, target })
  })

  it('TRK-1, T11: of one purpose are nothing for another', () => {
    const { open, unsubscribe, click, sealed } = all()
    expect([open, unsubscribe, click, sealed].map((token) => readings(token))).toEqual([
      [true, false, false],
      [false, true, false],
      [false, false, true],
      [false, false, true],
    ])
  })

  it('TRK-1, T11: any changed bit, cut, added or exchanged part makes them nothing', () => {
    for (const token of Object.values(all())) {
      const bytes = Buffer.from(token, 'base64url')
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const changed = Buffer.from(bytes)
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(readings(changed.toString('base64url'))).toEqual([false, false, false])
      }
      for (const other of [token.slice(0, -1), token.slice(1), `${token}A`, `${token}=`, `${token}\n`, ` ${token}`])
        expect(readings(other)).toEqual([false, false, false])
    }
    const another = of({ id: '019300aa-bbcc-7ddd-8eee-ff0011223345' })
    const mixed = Buffer.concat([
      Buffer.from(another.sealed(target), 'base64url').subarray(0, 19),
      Buffer.from(of().sealed(target), 'base64url').subarray(19),
    ])
    expect(readings(mixed.toString('base64url'))).toEqual([false, false, false])
  })

  it('TRK-1: random text is no token', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.uint8Array({ maxLength: 120 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
    )
    fc.assert(
      fc.property(text, (token) => readings(token).every((read) => !read)),
      { numRuns: 20_000 },
    )
  })

  it('TRK-1: each link, version and mail has a tag of its own', () => {
    const made = of()
    const other = '019300aa-0000-7000-8000-000000000002'
    const made100 = Array.from({ length: 100 }, (_, link) => [
      made.click(version, link),
      made.click(other, link),
    ]).flat()
    const tags = new Set([...made100, of({ id: other }).click(version, 0)].map((token) => token.slice(-21)))
    expect(tags.size).toBe(201)
    for (const [index, token] of made100.entries())
      expect(tokens.readClick(token, NOW)).toMatchObject({ version: index % 2 ? other : version, number: index >> 1 })
  })

  it('TRK-1: hide the target and the reader, and are the same at each retry', () => {
    const { sealed, unsubscribe } = all()
    for (const token of [sealed, unsubscribe])
      expect(Buffer.from(token, 'base64url').toString('latin1')).not.toMatch(/ann|shop|default/)
    expect(all()).toEqual(all())
  })

  it('TRG-4: of an unsubscribe link fit into a header line, however long account, domain and address are', () => {
    const long = of().unsubscribe({
      account: 'a'.repeat(64),
      senderDomain: 'd'.repeat(253),
      recipient: 'é'.repeat(127),
    })
    expect(tokens.readUnsubscribe(long, NOW)?.reader.recipient).toBe('é'.repeat(127))
    const publicUrl = 150
    expect(`List-Unsubscribe: </unsubscribe/${long}>`.length + publicUrl).toBeLessThanOrEqual(998)
  })

  it('TRK-1: work for a year from the day of the mail, and no day longer', () => {
    const { open } = all()
    expect(readings(open, tokens, NOW + 365 * DAY)[0]).toBe(true)
    expect(readings(open, tokens, NOW + 366 * DAY)[0]).toBe(false)
    const short = createTokens(SECRET, { lifeDays: 1 })
    expect(readings(open, short, NOW + 2 * DAY)[0]).toBe(false)
  })

  it('TRK-1: are made with the first secret and read with all of the list', () => {
    const before = all()
    const rotated = createTokens(['the next secret of the tests', SECRET])
    for (const token of Object.values(before)) expect(readings(token, rotated)).toContain(true)
    const after = all(rotated)
    expect(after.open).not.toBe(before.open)
    for (const token of Object.values(after)) {
      expect(readings(token, rotated)).toContain(true)
      expect(readings(token)).toEqual([false, false, false])
    }
  })

  it('TRK-1: lead to http and https only, whatever was sealed', () => {
    for (const bad of ['javascript:alert(1)', 'data:text/html,x', '//evil.example', 'ftp://a.example/'])
      expect(tokens.readClick(of().sealed(bad), NOW)).toBe(null)
  })
})
