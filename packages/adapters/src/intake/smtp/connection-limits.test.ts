import { describe, expect, it } from 'vitest'
import { createPerAddress } from './connection-limits.js'

describe('connections of one address', () => {
  it('T29: count for each IPv4 address, however it is written', () => {
    const limit = createPerAddress(2)
    expect(['192.0.2.1', '::ffff:192.0.2.1', '192.0.2.1', '192.0.2.2'].map(limit.enter)).toEqual([
      true,
      true,
      false,
      true,
    ])
    limit.leave('192.0.2.1')
    expect(['192.0.2.1', '192.0.2.1'].map(limit.enter)).toEqual([true, false])
  })

  it('T29: count for a network of IPv6, which one subscriber has whole', () => {
    const limit = createPerAddress(2)
    const same = ['2001:db8:0:1::1', '2001:db8:0:1:ffff:ffff:ffff:ffff', '2001:DB8::1:0:0:0:3', '2001:db8:0:1::4']
    expect(same.map(limit.enter)).toEqual([true, true, false, false])
    expect(['2001:db8:0:2::1', '2001:db8::1', '::1', 'fe80::1%eth0'].map(limit.enter)).toEqual([true, true, true, true])
    limit.leave('2001:db8:0:1:9::9')
    expect(limit.enter('2001:db8:0:1::5')).toBe(true)
  })
})
