import { fixedDns } from '@mailwright/adapters/dns/fixed'
import { describe, expect, it } from 'vitest'
import { spokenFamilies } from './families.js'
import { type AddressRules, hostAddresses, interleaved } from './host-addresses.js'

const rules: AddressRules = { families: new Set([4, 6]), most: 6, allowPrivateNetworks: false }
const ask = (address: readonly string[], more: Partial<AddressRules> = {}) =>
  hostAddresses('mx.office.example', fixedDns({ 'mx.office.example': { address } }), { ...rules, ...more })
const none = (part: string) => ({ type: 'none', cause: expect.stringContaining(part) })

describe('the addresses of an MX host', () => {
  it('come by turns of IPv6 and IPv4 (RFC 8305 §4), and not more than a few', async () => {
    expect(interleaved(['8.8.8.8', '8.8.4.4', '2606:4700::1', '1.1.1.1'])).toEqual([
      '2606:4700::1',
      '8.8.8.8',
      '8.8.4.4',
      '1.1.1.1',
    ])
    const many = Array.from({ length: 1_000 }, (_, at) => `8.${at >> 8}.${at & 255}.1`)
    expect(await ask(many)).toMatchObject({ addresses: many.slice(0, 6) })
  })

  it.each([
    '127.0.0.1',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '::1',
    'fe80::1',
    'fd00:ec2::254',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'localhost',
    '127.1',
  ])('T8, F8: %s is not connected to', async (address) => {
    expect(await ask([address])).toEqual(none('may be connected to'))
    expect(await ask([address, '8.8.8.8'])).toEqual({ type: 'found', addresses: ['8.8.8.8'] })
  })

  it('are private ones too where the operator allows it', async () => {
    expect(await ask(['127.0.0.2'], { allowPrivateNetworks: true })).toMatchObject({ addresses: ['127.0.0.2'] })
    expect(await ask(['localhost'], { allowPrivateNetworks: true })).toEqual(none('may be connected to'))
  })

  it('are those of a family that is spoken here', async () => {
    const both = ['2606:4700::1', '8.8.8.8']
    expect(await ask(both, { families: new Set([4]) })).toMatchObject({ addresses: ['8.8.8.8'] })
    expect(await ask(['2606:4700::1'], { families: new Set([4]) })).toEqual(none('family'))
  })

  it('F8: are followed through a CNAME, and missing ones are no definite no of the domain', async () => {
    const dns = fixedDns({ 'mx.a.example': { cname: 'real.example' }, 'real.example': { address: ['8.8.8.8'] } })
    expect(await hostAddresses('mx.a.example', dns, rules)).toEqual({ type: 'found', addresses: ['8.8.8.8'] })
    expect(await hostAddresses('mx.b.example', dns, rules)).toEqual(none('has no address'))
    dns.fail('mx.c.example', 'ETIMEOUT')
    expect(await hostAddresses('mx.c.example', dns, rules)).toEqual(none('ETIMEOUT'))
  })
})

describe('the families spoken here', () => {
  const at = (address: string, internal = false) => ({
    address,
    internal,
    netmask: '',
    mac: '',
    cidr: null,
    ...(address.includes(':') ? { family: 'IPv6' as const, scopeid: 0 } : { family: 'IPv4' as const }),
  })

  it.each([
    ['the source address', '192.0.2.1', false, {}, [4]],
    ['the source address', '2001:db8::1', false, {}, [6]],
    ['addresses that lead somewhere', null, false, { a: [at('192.0.2.1'), at('fe80::1')], lo: [at('::1', true)] }, [4]],
    ['both', null, false, { a: [at('192.0.2.1'), at('2001:db8::1')] }, [4, 6]],
    ['the loopback where private networks are allowed', null, true, { lo: [at('127.0.0.1', true)] }, [4]],
    ['anything where nothing is known', null, false, {}, [4, 6]],
  ] as const)('are those of %s', (_, local, loopback, interfaces, families) => {
    const known = interfaces as Parameters<typeof spokenFamilies>[2]
    expect([...spokenFamilies(local, loopback, known)]).toEqual([...families])
  })
})
