import { describe, expect, it } from 'vitest'
import { type DirectMxOptions, directMx } from './index.js'
import { levelReader, type TlsLevel } from './tls-level.js'

const typo = 'verify' as TlsLevel

describe('the options of a direct transport', () => {
  it.each<[string, DirectMxOptions]>([
    ['tlsOptions.rejectUnauthorized', { tlsOptions: { rejectUnauthorized: false } }],
    ['tlsOptions.checkServerIdentity', { tlsOptions: { checkServerIdentity: () => undefined } }],
    ['tlsOptions.servername', { tlsOptions: { servername: 'mx.evil.example' } }],
    ['tls', { tls: { 'bank.example': typo } }],
    ['ownHosts', { ownHosts: ['192.0.2.1'] }],
    ['ownHosts', { ownHosts: [''] }],
    ['localAddress', { localAddress: 'mail.example' }],
    ['ehlo', { ehlo: 'a b' }],
    ['concurrency', { concurrency: 0 }],
  ])('K10: refuse %s that would let mail go otherwise than is said', (field, options) => {
    expect(() => directMx(options)).toThrowError(
      expect.objectContaining({ code: 'OPTIONS_INVALID', details: expect.objectContaining({ field }) }),
    )
  })

  it('K10: refuse a level that does not exist, also where a function names it', () => {
    const levelOf = levelReader((domain) => (domain === 'bank.example' ? typo : undefined))
    expect(levelOf('shop.example')).toBe('opportunistic')
    expect(() => levelOf('bank.example')).toThrowError(expect.objectContaining({ code: 'OPTIONS_INVALID' }))
  })
})
