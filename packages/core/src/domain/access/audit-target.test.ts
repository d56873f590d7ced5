import { describe, expect, it } from 'vitest'
import { auditRequestId, auditTarget } from './audit-target.js'

describe('what the audit keeps of a path', () => {
  it('T31: ids and names as they are', () => {
    const target = { id: '0193e6a0-0000-7000-8000-000000000000', name: 'Readers & friends' }
    expect(auditTarget(target)).toEqual(target)
  })

  it('T31: of an address the domain, of an API key the id', () => {
    expect(
      auditTarget({
        sender: 'hello@mail.shop.example',
        person: '"a@b"@readers.example',
        id: `mw_${'a'.repeat(16)}_${'b'.repeat(32)}`,
        shouted: `MW_${'A'.repeat(16)}_${'B'.repeat(32)}`,
      }),
    ).toEqual({
      sender: '…@mail.shop.example',
      person: '…@readers.example',
      id: `mw_${'a'.repeat(16)}_…`,
      shouted: `MW_${'A'.repeat(16)}_…`,
    })
  })

  it('T31: a path of any length is recorded, cut', () => {
    const long = Object.fromEntries(
      Array.from({ length: 50 }, (_, n) => [`${n}`.padStart(100, 'n'), 'v'.repeat(5_000)]),
    )
    const kept = auditTarget({ ...long, ['k'.repeat(1_000)]: 'v' })
    expect(Object.keys(kept).length).toBeLessThanOrEqual(10)
    expect(JSON.stringify(kept).length).toBeLessThan(3_000)
  })

  it.each([
    ['req-1', 'req-1'],
    ['4bf92f3577b34da6a3ce929d0e0e4736', '4bf92f3577b34da6a3ce929d0e0e4736'],
    ['ann@readers.example', null],
    ['a b', null],
    ['x'.repeat(129), null],
    ['', null],
    [null, null],
    [undefined, null],
  ])('T31: the request id %s is kept as %s', (given, kept) => {
    expect(auditRequestId(given)).toBe(kept)
  })
})
