import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupByTag, totalOf } from './bill.js'

describe('a bill by tag', () => {
  it('DIP-4: its groups add up to it, what is untagged being a group of its own', () => {
    const line = fc.record({
      ip: fc.ipV4(),
      activeDays: fc.nat(31),
      price: fc.nat(),
      fee: fc.nat(),
      tags: fc.dictionary(fc.constantFrom('team', 'stage', 'toString'), fc.constantFrom('a', 'b', '')),
    })
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('team', 'toString'), (lines, key) => {
        const groups = groupByTag(lines, key)
        expect(totalOf(groups)).toBe(totalOf(lines))
        expect(new Set(groups.map(({ value }) => value)).size).toBe(groups.length)
        const untagged = lines.filter(({ tags }) => !Object.hasOwn(tags, key))
        expect(groups.find(({ value }) => value === null)?.fee ?? 0).toBe(totalOf(untagged))
      }),
    )
  })
})
