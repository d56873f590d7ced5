import { describe, expect, it } from 'vitest'
import { paceOf } from './pace.js'

const over = { state: 'done', type: 'immediate', deferred: 0 } as const

describe('how soon tasks are read again', () => {
  it('is soon while one sends or is about to', () => {
    expect(paceOf([over, { ...over, state: 'sending' }])).toBe(2_000)
    expect(paceOf([{ ...over, state: 'to-start' }])).toBe(2_000)
  })

  it('is now and then while one waits: for its start, for its allowance, for an answer', () => {
    expect(paceOf([{ ...over, state: 'to-start', type: 'scheduled' }])).toBe(15_000)
    expect(paceOf([{ ...over, state: 'paused' }])).toBe(15_000)
    expect(paceOf([{ ...over, deferred: 3 }])).toBe(15_000)
  })

  it('is never when all are over', () => {
    expect(paceOf([over, { ...over, state: 'cancelled' }, { ...over, state: 'failed' }])).toBeUndefined()
    expect(paceOf([])).toBeUndefined()
  })
})
