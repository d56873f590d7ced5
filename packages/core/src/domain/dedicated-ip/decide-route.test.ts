import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideRoute, type IpFacts, planRoutes } from './decide-route.js'
import { SCENARIOS } from './scenario.js'

const id = (at: number): string => `0193-0000-7000-8000-00000000${at.toString(16).padStart(4, '0')}`
const ids = (count: number) => Array.from({ length: count }, (_, at) => id(at))
const anIp = (ip: string, more: Partial<IpFacts> = {}): IpFacts => ({
  ip,
  bound: true,
  scenario: null,
  left: null,
  pace: 1_000,
  ...more,
})
const plan = (count: number, ips: readonly IpFacts[], scenario = null) => planRoutes(ids(count), { scenario, ips })

describe('the route of a mail', () => {
  it('DIP-3: mail of a domain without an IP leaves from the shared pool', () => {
    expect(decideRoute(id(1), { scenario: null, ips: [] })).toEqual({ type: 'shared' })
    expect(decideRoute(id(1), { scenario: null, ips: [anIp('a', { bound: false })] })).toEqual({ type: 'shared' })
  })

  it('DIP-3: the mails of a chunk take turns exactly, and one mail asks for the same IP again', () => {
    const ips = [anIp('a'), anIp('b'), anIp('c')]
    const { routes, taken } = plan(300, ips)
    expect([...taken]).toEqual([
      ['a', 100],
      ['b', 100],
      ['c', 100],
    ])
    expect(routes.map((_, at) => decideRoute(id(at), { scenario: null, ips }))).toEqual(
      routes.map((ip) => ({ type: 'ip', ip })),
    )
  })

  it('DIP-3: when none of its IPs may take more just now, a mail waits, and so do those behind it', () => {
    const { routes } = plan(100, [anIp('a', { pace: 30 }), anIp('b', { pace: 30 })])
    expect(routes).toHaveLength(60)
  })

  it('DIP-7: what a new IP may not take today goes to the warm ones, evenly', () => {
    const { taken } = plan(900, [anIp('new', { left: 100 }), anIp('b'), anIp('c')])
    expect([...taken]).toEqual([
      ['new', 100],
      ['b', 400],
      ['c', 400],
    ])
  })

  it('DIP-7: else to warm IPs of the account that are not for other mail, else to the shared pool', () => {
    const fresh = anIp('new', { left: 10, scenario: 'marketing' })
    const others = [
      anIp('alsoNew', { bound: false, left: 50 }),
      anIp('receipts', { bound: false, scenario: 'transactional' }),
    ]
    const facts = { scenario: 'marketing' as const, ips: [fresh, ...others] }
    expect(planRoutes(ids(30), facts).routes.filter((ip) => ip === null)).toHaveLength(20)
    const warm = anIp('warm', { bound: false, scenario: 'marketing' })
    expect([...planRoutes(ids(30), { ...facts, ips: [...facts.ips, warm] }).taken]).toEqual([
      ['new', 10],
      ['warm', 20],
    ])
  })

  it('DIP-7: whatever the facts, no IP takes more than it may, today or now, and none is idle while mail waits', () => {
    const ipFacts = fc.record({
      bound: fc.boolean(),
      scenario: fc.option(fc.constantFrom(...SCENARIOS), { nil: null }),
      left: fc.option(fc.nat(40), { nil: null }),
      pace: fc.nat(40),
    })
    fc.assert(
      fc.property(fc.array(ipFacts, { maxLength: 6 }), fc.nat(300), (given, count) => {
        const ips = given.map((one, at) => ({ ...one, ip: `ip${at}` }))
        const { routes, taken } = planRoutes(ids(count), { scenario: null, ips })
        for (const { ip, left, pace } of ips) {
          expect(taken.get(ip) ?? 0).toBeLessThanOrEqual(Math.min(pace, left ?? pace))
          expect(routes.filter((one) => one === ip)).toHaveLength(taken.get(ip) ?? 0)
        }
        if (routes.length === count) return
        const idle = ips.filter(
          ({ ip, bound, left, pace }) => bound && left !== (taken.get(ip) ?? 0) && pace > (taken.get(ip) ?? 0),
        )
        expect(idle).toEqual([])
      }),
    )
  })
})
