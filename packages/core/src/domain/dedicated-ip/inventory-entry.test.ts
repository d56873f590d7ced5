import { describe, expect, it } from 'vitest'
import { parseInventory } from './inventory-entry.js'

const ehlo = 'mail1.operator.example'

describe('the inventory', () => {
  it('DIP-1: holds IPv4 and IPv6 addresses in one spelling, with the name each greets with', () => {
    expect(
      parseInventory([
        { ip: '192.0.2.7', ehlo: 'Mail1.Operator.Example.' },
        { ip: '2001:0DB8:0::1', ehlo, relay: 'west' },
      ]),
    ).toEqual([
      { ip: '192.0.2.7', ehlo, relay: null },
      { ip: '2001:db8::1', ehlo, relay: 'west' },
    ])
  })

  it.each([
    ['mail1', 'ehlo'],
    ['', 'ehlo'],
    ['192.0.2.1', 'ehlo'],
  ])('DIP-1: the greeting %j is refused', (name, field) => {
    expect(() => parseInventory([{ ip: '192.0.2.1', ehlo: name }])).toThrow(
      expect.objectContaining({
        code: 'OPTIONS_INVALID',
        details: expect.objectContaining({ field: `dedicatedIps.0.${field}` }),
      }),
    )
  })

  it.each(['192.0.2', '192.0.2.256', '192.0.2.07', '::ffff:192.0.2.1', 'fe80::1%eth0', '[::1]', '1::2::3', 'x'])(
    'DIP-1: %s is no address',
    (ip) => {
      expect(() => parseInventory([{ ip, ehlo }])).toThrow(expect.objectContaining({ code: 'OPTIONS_INVALID' }))
    },
  )

  it('DIP-1: holds no address twice, however it is written', () => {
    const twice = [
      { ip: '2001:db8::1', ehlo },
      { ip: '2001:db8:0:0::1', ehlo },
    ]
    expect(() => parseInventory(twice)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ field: 'dedicatedIps.1.ip' }) }),
    )
  })
})
