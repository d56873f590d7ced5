import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { compareDkim, parseTagList } from '../domain/dkim-key/index.js'
import { type DkimKind, generateDkimKeys } from './dkim-keys.js'

const NOW = Date.UTC(2026, 10, 22)

/** The public key as a verifier reads it from DNS. */
function publishedKey(publicValue: string) {
  const tags = parseTagList(publicValue)
  const bytes = Buffer.from(tags?.get('p') ?? '', 'base64')
  if (tags?.get('k') !== 'ed25519') return createPublicKey({ key: bytes, format: 'der', type: 'spki' })
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') }, format: 'jwk' })
}

describe('generateDkimKeys', () => {
  it.each([
    ['rsa-1024', ['rsa-1024']],
    ['rsa-2048', ['rsa-2048']],
    ['rsa-dual', ['rsa-1024', 'rsa-2048']],
    ['rsa-ed25519', ['rsa-2048', 'ed25519']],
  ] as [DkimKind, string[]][])(
    'DOM-8: %s makes keys whose signatures verify with what is published',
    async (kind, algorithms) => {
      const keys = await generateDkimKeys(kind, NOW)
      expect(keys.map((key) => key.algorithm)).toEqual(algorithms)
      expect(new Set(keys.map((key) => key.selector)).size).toBe(keys.length)
      for (const key of keys) {
        const publicKey = publishedKey(key.publicValue)
        const digest = key.algorithm === 'ed25519' ? null : 'sha256'
        const signature = sign(digest, Buffer.from('mail'), createPrivateKey(key.privateKeyPem))
        expect(verify(digest, Buffer.from('mail'), publicKey, signature)).toBe(true)
        expect(compareDkim(key.publicValue, key.publicValue)).toBeNull()
        expect(key.selector).toMatch(/^[a-z0-9]{4,30}$/)
        if (digest) expect(publicKey.asymmetricKeyDetails?.modulusLength).toBe(Number(key.algorithm.slice(4)))
      }
    },
  )

  it('DOM-8: a rotation gets another selector and another key', async () => {
    const [before] = await generateDkimKeys('rsa-1024', NOW)
    const [after] = await generateDkimKeys('rsa-1024', NOW + 1)
    expect(after?.selector).not.toBe(before?.selector)
    expect(after?.publicValue).not.toBe(before?.publicValue)
  })
})
