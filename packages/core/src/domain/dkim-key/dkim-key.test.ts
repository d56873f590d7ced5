import { describe, expect, it } from 'vitest'
import { compareDkim, dkimTxtValue, parseTagList } from './index.js'

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

describe('dkimTxtValue', () => {
  it('DOM-8: publishes the bare 32 bytes of the Ed25519 example of RFC 8463 A.2', () => {
    const spki = bytes(`302a300506032b6570032100${'d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'}`)
    expect(dkimTxtValue('ed25519', spki)).toBe('v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=')
  })

  it('DOM-8: publishes the whole SubjectPublicKeyInfo of an RSA key', () => {
    expect(dkimTxtValue('rsa-2048', bytes('30820122fbff'))).toBe('v=DKIM1; k=rsa; p=MIIBIvv/')
  })

  it('refuses another key under the name Ed25519', () => {
    expect(() => dkimTxtValue('ed25519', bytes('30820122'))).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
  })
})

describe('compareDkim', () => {
  const expected = 'v=DKIM1; k=rsa; p=MIIBabcDEF+/='
  it.each([
    ['the same', expected, null],
    ['without spaces', 'v=DKIM1;k=rsa;p=MIIBabcDEF+/=', null],
    ['with a final semicolon', `${expected};`, null],
    ['in another order', 'p=MIIBabcDEF+/=; k=rsa; v=DKIM1', null],
    ['with the defaults left out', 'p=MIIBabcDEF+/=', null],
    ['with other case of names and type', 'V=dkim1; K=RSA; P=MIIBabcDEF+/=', null],
    ['with space inside the key', 'v=DKIM1; k=rsa; p=MIIBabc DEF \t+/=', null],
    ['with further tags', `${expected}; t=s; n=note; h=sha1:sha256; s=email`, null],
    ['with a key of other case', 'v=DKIM1; k=rsa; p=MIIBABCDEF+/=', 'other-key'],
    ['with another key', 'v=DKIM1; k=rsa; p=MIIBxyz', 'other-key'],
    ['revoked', 'v=DKIM1; k=rsa; p=', 'revoked'],
    ['of another type', 'v=DKIM1; k=ed25519; p=MIIBabcDEF+/=', 'other-key-type'],
    ['of another version', 'v=DKIM2; k=rsa; p=MIIBabcDEF+/=', 'version'],
    ['for SHA-1 only', `${expected}; h=sha1`, 'hash'],
    ['for another service', `${expected}; s=tlsrpt`, 'service'],
    ['with a tag twice', `${expected}; p=MIIBabcDEF+/=`, 'syntax'],
    ['that is no tag list', 'hello', 'syntax'],
  ])('DOM-5: judges a record %s', (_, published, fault) => {
    expect(compareDkim(expected, published)).toBe(fault)
  })
})

describe('parseTagList', () => {
  it('keeps `=` inside values and drops empty parts', () => {
    expect([...(parseTagList(' a = b=c ;; D=e') ?? [])]).toEqual([
      ['a', 'b=c'],
      ['d', 'e'],
    ])
  })
})
