import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSecretBox } from './secret-box.js'

const OLD = 'the-first-secret-0001'
const NEW = 'the-second-secret-002'
const failing = (code: string, reason: string) =>
  expect.objectContaining({ code, details: expect.objectContaining({ reason }) })

describe('createSecretBox', () => {
  it('DOM-8: opens what it sealed, and the plaintext is never in the sealed text (T22)', () => {
    const box = createSecretBox(OLD)
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 4 }), fc.string(), (plain, aad) => {
        const sealed = box.seal(plain, aad)
        expect(box.open(sealed, aad)).toBe(plain)
        for (const form of [plain, Buffer.from(plain).toString('base64url'), Buffer.from(plain).toString('hex')]) {
          expect(sealed).not.toContain(form)
        }
      }),
      { numRuns: 300, seed: 7 },
    )
    expect(box.open(box.seal('', 'x'), 'x')).toBe('')
  })

  it('DOM-8: seals the same text differently each time', () => {
    const box = createSecretBox(OLD)
    expect(new Set(Array.from({ length: 50 }, () => box.seal('same', 'x'))).size).toBe(50)
  })

  it('DOM-8: the first secret writes, all read', () => {
    const before = createSecretBox(OLD)
    const rotated = createSecretBox([NEW, OLD])
    const after = createSecretBox([NEW])
    const sealedBefore = before.seal('key', 'acme')
    expect(rotated.open(sealedBefore, 'acme')).toBe('key')
    expect(after.open(rotated.seal('key', 'acme'), 'acme')).toBe('key')
    expect(() => after.open(sealedBefore, 'acme')).toThrow(failing('DATA_CORRUPT', 'unknown-key'))
    expect(() => before.open(rotated.seal('key', 'acme'), 'acme')).toThrow(failing('DATA_CORRUPT', 'unknown-key'))
  })

  it('DOM-8: another owner or a change of any character is found (T22)', () => {
    const box = createSecretBox([NEW, OLD])
    const sealed = box.seal('the private key', 'acme/domain-1')
    expect(() => box.open(sealed, 'acme/domain-2')).toThrow(failing('DATA_CORRUPT', 'tampered'))
    for (let at = 0; at < sealed.length; at++) {
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'Q' : 'A') + sealed.slice(at + 1)
      expect(() => box.open(changed, 'acme/domain-1')).toThrow(expect.objectContaining({ code: 'DATA_CORRUPT' }))
    }
    // The key id of the other secret does not make its text readable.
    const otherId = createSecretBox(OLD).seal('x', 'acme/domain-1').split('.')[1] ?? ''
    const relabelled = sealed.replace(sealed.split('.')[1] ?? '', otherId)
    expect(() => box.open(relabelled, 'acme/domain-1')).toThrow(failing('DATA_CORRUPT', 'tampered'))
  })

  it.each(['', 'v1', 'hello', 'v1.a.b.c', 'v2.a.b.c', `v1.a.${'A'.repeat(16)}.AAAA`])(
    'refuses %j as sealed text',
    (sealed) => {
      expect(() => createSecretBox(OLD).open(sealed, '')).toThrow(failing('DATA_CORRUPT', 'format'))
    },
  )

  it.each([
    ['short', 'secret'],
    [['x'.repeat(16), 'short'], 'secret[1]'],
    ['x'.repeat(15), 'secret'],
  ] as const)('refuses a secret of fewer than 16 characters and does not repeat it: %j', (secrets, field) => {
    try {
      createSecretBox(secrets)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: 'OPTIONS_INVALID', details: { field, minimum: 16 } })
      expect(JSON.stringify(error)).not.toMatch(/"short"|xxx/)
    }
  })

  it('refuses an empty list of secrets', () => {
    expect(() => createSecretBox([])).toThrow(failing('OPTIONS_INVALID', 'empty'))
  })
})
