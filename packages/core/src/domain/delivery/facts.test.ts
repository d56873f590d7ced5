import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COUNTERS, FACT_COUNTERS } from '../../ports/counters.js'
import { Fact, type FactName, isFinal, type MessageState, stateOf, statePrecedence } from './facts.js'

const names = Object.keys(Fact) as FactName[]

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]))
}

describe('facts', () => {
  it('STA-2: bit n is counter n of the storage port', () => {
    expect(names).toEqual(COUNTERS.slice(0, FACT_COUNTERS))
    expect(Object.values(Fact)).toEqual(names.map((_, n) => 2 ** n))
  })

  it.each<[MessageState, FactName[]]>([
    ['accepted', ['accepted']],
    ['accepted', ['accepted', 'handedOver']],
    ['deferred', ['accepted', 'handedOver', 'deferred']],
    ['unknown', ['accepted', 'handedOver', 'deferred', 'unknown']],
    ['delivered', ['accepted', 'handedOver', 'deferred', 'unknown', 'delivered']],
    ['delivered', ['accepted', 'delivered', 'failed', 'cancelled', 'expired', 'dropped']],
    ['bounced', ['accepted', 'delivered', 'bouncedHard', 'invalid']],
    ['bounced', ['accepted', 'delivered', 'bouncedSoft']],
    ['dropped', ['accepted', 'deferred', 'dropped']],
    ['failed', ['accepted', 'handedOver', 'unknown', 'failed']],
    ['accepted', ['accepted', 'failed', 'requeued']],
    ['dropped', ['accepted', 'failed', 'requeued', 'dropped']],
    ['cancelled', ['accepted', 'deferred', 'cancelled']],
    ['expired', ['accepted', 'deferred', 'unknown', 'expired']],
    ['deferred', ['accepted', 'deferred', 'opened', 'humanOpened', 'clicked', 'unsubscribed', 'complained']],
  ])('REL-1: state %s of %j', (state, facts) => {
    expect(stateOf(facts.reduce((bits, name) => bits | Fact[name], 0))).toBe(state)
  })

  it('REL-1: the final states are the six that are promised', () => {
    const states = new Set(statePrecedence.map((row) => row.state))
    expect([...states].filter(isFinal).sort()).toEqual([
      'bounced',
      'cancelled',
      'delivered',
      'dropped',
      'expired',
      'failed',
    ])
    expect([...states].filter((state) => !isFinal(state)).sort()).toEqual(['accepted', 'deferred', 'unknown'])
  })

  it('STA-2: all 720 orders of six events, each event up to five times, give one state', () => {
    const events: FactName[] = ['accepted', 'deferred', 'delivered', 'bouncedSoft', 'opened', 'complained']
    const ends = permutations(events).map((order, n) =>
      stateOf(
        order.flatMap((name) => Array<FactName>(1 + (n % 5)).fill(name)).reduce((bits, name) => bits | Fact[name], 0),
      ),
    )
    expect(ends).toHaveLength(720)
    expect(new Set(ends)).toEqual(new Set(['bounced']))
  })

  it('STA-2: any events, shuffled and repeated, give one state; a final state never becomes open again but by requeue', () => {
    const events = fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 12 })
    const shuffled = events.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 })),
    )
    fc.assert(
      fc.property(shuffled, ([list, again]) => {
        const or = (facts: readonly FactName[]) => facts.reduce((bits, name) => bits | Fact[name], 0)
        expect(stateOf(or(again))).toBe(stateOf(or(list)))
        let bits = 0
        let wasFinal = false
        for (const name of again) {
          bits |= Fact[name]
          const final = isFinal(stateOf(bits))
          if (name !== 'requeued') expect(wasFinal && !final).toBe(false)
          wasFinal = final
        }
      }),
      { numRuns: 1_000 },
    )
  })
})
