import { describe, expect, it } from 'vitest'
import { smtp } from './index.js'
import { isLoopback, readServerUrl } from './server-url.js'

describe('the URL of an SMTP server', () => {
  it.each([
    ['smtp://relay.example', { host: 'relay.example', port: 587, secure: false, login: null }],
    ['smtps://relay.example', { host: 'relay.example', port: 465, secure: true, login: null }],
    ['smtp://[::1]:2525/', { host: '::1', port: 2525, secure: false, login: null }],
    ['smtp://a%40b:p%3A%2F@h:25', { host: 'h', port: 25, secure: false, login: { user: 'a@b', pass: 'p:/' } }],
  ])('%s', (url, server) => {
    expect(readServerUrl(url)).toEqual(server)
  })

  it.each([
    undefined,
    '',
    'relay.example:25',
    'http://relay.example',
    'smtp://',
    'smtp://h?tls=no',
    'smtp://h/path',
    'smtp://%zz@h',
  ])('refuses %j without showing it', (url) => {
    const refuse = () => smtp({ url })
    expect(refuse).toThrowError(expect.objectContaining({ code: 'OPTIONS_INVALID' }))
  })

  it('ERR-2: shows no password in what it throws', () => {
    try {
      readServerUrl('smtp://shop:hunter2@relay.example/path')
      expect.unreachable()
    } catch (error) {
      expect(JSON.stringify(error)).not.toMatch(/hunter2|shop/)
    }
  })

  it('knows this machine', () => {
    expect(['localhost', '127.0.0.1', '::1'].map(isLoopback)).toEqual([true, true, true])
    const others = ['relay.example', '10.0.0.1', '128.0.0.1', '127.example.com', 'localhost.example']
    expect(others.map(isLoopback)).toEqual(others.map(() => false))
  })
})

describe('smtp', () => {
  it('T22: sends no password in plain text to another machine unless that is said twice', () => {
    const url = 'smtp://shop:hunter2@relay.example'
    for (const more of [{}, { accessToken: async () => 'token' }])
      expect(() => smtp({ url, requireTls: false, ...more })).toThrowError(
        expect.objectContaining({ code: 'OPTIONS_INVALID', details: expect.objectContaining({ field: 'requireTls' }) }),
      )
    const fine = [
      { url },
      { url, requireTls: false, plainTextLogin: true },
      { url: 'smtp://relay.example', requireTls: false },
      { url: 'smtps://shop:hunter2@relay.example', requireTls: false },
      { url: 'smtp://shop:hunter2@localhost:1025', requireTls: false },
      { url: 'smtp://shop:hunter2@127.0.0.1:1025' },
    ]
    for (const options of fine) expect(smtp(options).name).toBe('smtp')
  })

  it('declares what fits into its pipelines as its concurrency, and no addresses beyond ASCII unless the server takes them', () => {
    const { capabilities } = smtp({ url: 'smtp://relay.example' })
    expect(capabilities).toEqual({
      concurrency: 75,
      maxBytes: 26_214_400,
      idempotent: false,
      smtpUtf8: false,
      sourceAddress: false,
      direct: false,
    })
    expect(smtp({ url: 'smtp://relay.example', connections: 3, smtpUtf8: true }).capabilities).toMatchObject({
      concurrency: 12,
      smtpUtf8: true,
    })
  })
})
