import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createReturnPaths } from './return-paths.js'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 23, 12)
const SECRET = 'a secret that only tests use'
const mail = { id: '019300aa-bbcc-7ddd-8eee-ff0011223344', acceptedAt: NOW }
const paths = createReturnPaths(SECRET)
const path = paths.of(mail, 'mail.shop.example')
const read = (address: string, by = paths, now = NOW) => by.read(address, now, 30)
const aMail = fc.record({
  id: fc.uuid(),
  acceptedAt: fc.integer({ min: NOW - 20 * DAY, max: NOW }),
})

describe('return paths', () => {
  it('DLV-5: say their message, in a local part of at most 64 octets that survives a change of case', () => {
    fc.assert(
      fc.property(aMail, (one) => {
        const made = paths.of(one, 'x.example')
        expect(made).toMatch(/^[a-z0-9+]{1,64}@x\.example$/)
        expect(read(made)?.message).toBe(one.id)
        expect(read(made.toUpperCase())?.message).toBe(one.id)
      }),
    )
  })

  it('DLV-5, REL-2: are the same for a retry, and another for each mail', () => {
    expect(paths.of({ ...mail }, 'mail.shop.example')).toBe(path)
    expect(paths.of({ ...mail, id: mail.id.replace('4', '5') }, 'mail.shop.example')).not.toBe(path)
  })

  it('DLV-5, T14: any changed letter makes it nobody’s', () => {
    const local = path.split('@')[0] ?? ''
    for (let at = 0; at < local.length; at += 1)
      for (const other of ['a', 'q', '7', '!', 'é'])
        if (other !== local[at])
          expect(read(`${local.slice(0, at)}${other}${local.slice(at + 1)}@x.example`)).toBeNull()
    for (const odd of [
      '',
      '@',
      'bounces+@x',
      `bounces+${mail.id.replaceAll('-', '')}@x.example`,
      `${local}a@x`,
      `x${local}@x`,
    ])
      expect(read(odd)).toBeNull()
  })

  it('DLV-5: end with their life', () => {
    expect(read(path, paths, NOW + 30 * DAY)?.message).toBe(mail.id)
    expect(read(path, paths, NOW + 32 * DAY)).toBeNull()
  })

  it('DLV-5: under a list of secrets the first signs and all are read; a strange one signs nothing', () => {
    const rotated = createReturnPaths(['another secret for tests', SECRET])
    expect(read(path, rotated)?.message).toBe(mail.id)
    expect(rotated.of(mail, 'mail.shop.example')).not.toBe(path)
    expect(read(rotated.of(mail, 'mail.shop.example'))).toBeNull()
  })
})
