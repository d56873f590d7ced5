import type { RecipientOutcome } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { answerBook } from './answer-book.js'
import { byDomain, inOrder } from './by-domain.js'

describe('the recipients of one mail', () => {
  const to = ['ann@a.example', 'bob@B.example.', 'eve@A.EXAMPLE', '"x@y"@bücher.example']

  it('are shared out by domain', () => {
    expect(byDomain(to)).toEqual([
      { domain: 'a.example', to: ['ann@a.example', 'eve@A.EXAMPLE'], places: [0, 2] },
      { domain: 'b.example', to: ['bob@B.example.'], places: [1] },
      { domain: 'xn--bcher-kva.example', to: ['"x@y"@bücher.example'], places: [3] },
    ])
  })

  it('REL-1: have their outcomes in the order of the envelope, and one each', () => {
    const said = (cause: string): RecipientOutcome => ({ type: 'unknown', cause })
    const outcomes = inOrder(byDomain(to), [[said('ann'), said('eve')], [said('bob')], []])
    expect(outcomes).toEqual([said('ann'), said('bob'), said('eve'), said('no outcome')])
  })
})

describe('answers that are remembered', () => {
  it('are asked for once at a time, kept for as long as they are good, and not without bound', async () => {
    const state = { now: 0, asked: 0 }
    const book = answerBook(
      async (name) => `${name} ${++state.asked}`,
      (answer) => (answer.startsWith('short') ? 10 : 100),
      () => state.now,
      2,
    )
    expect(await Promise.all([book.of('a'), book.of('a')])).toEqual(['a 1', 'a 1'])
    state.now = 99
    expect(await book.of('a')).toBe('a 1')
    expect(await book.of('short')).toBe('short 2')
    state.now = 109
    expect(await book.of('short')).toBe('short 3')
    await book.of('b')
    expect(await book.of('a')).toBe('a 5')
  })
})
