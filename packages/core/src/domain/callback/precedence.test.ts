import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endpointFor } from './precedence.js'

const account = { id: 'account', sender: null, disabled: false }
const ann = { id: 'ann', sender: 'ann@shop.example', disabled: false }
const bob = { id: 'bob', sender: 'bob@shop.example', disabled: false }

describe('who is told', () => {
  it.each([
    ['nothing is set', [], 'ann@shop.example', null],
    ['only the account’s is set', [account], 'ann@shop.example', 'account'],
    ['only her own is set', [ann], 'ann@shop.example', 'ann'],
    ['only her own is set', [ann], 'bob@shop.example', null],
    ['both are set', [account, ann], 'ann@shop.example', 'ann'],
    ['both are set, in the other order', [ann, account], 'ann@shop.example', 'ann'],
    ['both are set', [account, ann], 'bob@shop.example', 'account'],
    ['each has its own', [account, ann, bob], 'bob@shop.example', 'bob'],
    ['the sender is not known any more', [ann, account], null, 'account'],
    ['the sender is not known any more', [ann], null, null],
  ] as const)('CBK-1: where %s, of %s to %s', (_, endpoints, sender, id) =>
    expect(endpointFor(endpoints, sender)?.id ?? null).toBe(id),
  )

  it('CBK-1: does not fall back from one that is disabled', () => {
    const disabled = { ...ann, disabled: true }
    expect(endpointFor([account, disabled], 'ann@shop.example')).toBe(disabled)
  })

  it('CBK-1: for all combinations of settings, a sender with its own uses only that and all others the account’s', () => {
    const names = ['a', 'b', 'c', 'd'].map((name) => `${name}@shop.example`)
    const settings = fc.shuffledSubarray<string | null>([null, ...names])
    fc.assert(
      fc.property(settings, fc.constantFrom(...names), (set, who) => {
        const chosen = endpointFor(
          set.map((sender) => ({ sender })),
          who,
        )
        expect(chosen?.sender).toBe(set.includes(who) ? who : set.includes(null) ? null : undefined)
      }),
    )
  })
})
