import { describe, expect, it } from 'vitest'
import { failureOf } from './connect.js'

const error = (code: string) => Object.assign(new Error(`connect ${code}`), { code })
const plain = { localAddress: null, aborted: false }

describe('a connection that no address took', () => {
  it('is the host’s failure if one of its addresses was there, and ours if this machine has no way to any', () => {
    const unrouted = error('ENETUNREACH')
    expect(failureOf([unrouted, error('ECONNREFUSED')], plain)).toEqual({
      type: 'failed',
      cause: 'ECONNREFUSED',
      ours: false,
    })
    expect(failureOf([unrouted, unrouted], plain)).toMatchObject({ cause: 'ENETUNREACH', ours: true })
    expect(failureOf([error('ETIMEDOUT')], plain)).toMatchObject({ cause: 'ETIMEDOUT', ours: false })
  })

  it('DIP-3: is ours where the source address is not one of this machine, and where the mail was told to stop', () => {
    const stray = { localAddress: '192.0.2.77', aborted: false }
    expect(failureOf([error('EADDRNOTAVAIL')], stray)).toMatchObject({
      cause: expect.stringContaining('source address'),
      ours: true,
    })
    expect(failureOf([new Error('aborted')], { localAddress: null, aborted: true })).toMatchObject({ ours: true })
  })
})
