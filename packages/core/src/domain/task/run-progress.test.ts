import { describe, expect, it } from 'vitest'
import { progress, type RunFacts, runFigures, settleRun } from './index.js'

describe('progress', () => {
  it('TSK-3: is handed over, refused and failed over the rows of the run', () => {
    expect(progress({ rows: 1_000, handedOver: 200, refused: 30, failed: 20 })).toBe(0.25)
    expect(progress({ rows: 1_000, handedOver: 950, refused: 30, failed: 20 })).toBe(1)
    expect(progress({ rows: 1_000, handedOver: 0, refused: 0, failed: 0 })).toBe(0)
    expect(progress({ rows: 0, handedOver: 0, refused: 0, failed: 0 })).toBe(1)
  })

  it('TSK-6: stands still while rows are only cached', () => {
    const parked = { rows: 10_000, granted: 500, handedOver: 490, refused: 8, failed: 2, delivered: 470 }
    expect(runFigures(parked)).toEqual({
      requests: 10_000,
      sent: 490,
      cached: 9_500,
      delivered: 470,
      failed: 2,
      progress: 0.05,
    })
  })
})

describe('settleRun', () => {
  const run: RunFacts = {
    rows: 10_000,
    granted: 500,
    open: 0,
    allowance: 0,
    operatorPaused: false,
    domainBlocked: false,
  }
  const through = { granted: 10_000, open: 0 }

  it('TSK-3: done when no row is cached, granted or in flight, and not before', () => {
    expect(settleRun({ ...run, ...through })).toEqual({ state: 'done' })
    expect(settleRun({ ...run, ...through, open: 1 })).toEqual({ state: 'sending' })
    expect(settleRun({ ...run, ...through, granted: 9_999 })).not.toEqual({ state: 'done' })
    expect(settleRun({ ...run, ...through, operatorPaused: true, domainBlocked: true })).toEqual({ state: 'done' })
    expect(settleRun({ ...run, rows: 0, granted: 0 })).toEqual({ state: 'done' })
  })

  it('TSK-6: paused for the daily limit with nothing but cached rows, sending while chunks are open or allowance is left', () => {
    expect(settleRun(run)).toEqual({ state: 'paused', reason: 'daily-limit' })
    expect(settleRun({ ...run, open: 1 })).toEqual({ state: 'sending' })
    expect(settleRun({ ...run, allowance: 1 })).toEqual({ state: 'sending' })
  })

  it('TSK-10: paused while its domain is blocked and rows are cached', () => {
    expect(settleRun({ ...run, domainBlocked: true, allowance: 400 })).toEqual({
      state: 'paused',
      reason: 'domain-blocked',
    })
    expect(settleRun({ ...run, domainBlocked: true, open: 3 })).toEqual({ state: 'paused', reason: 'domain-blocked' })
  })

  it('TSK-14: the pause of the operator hides every other reason, because no day start ends it', () => {
    const all = { ...run, operatorPaused: true, domainBlocked: true, providerStopped: true }
    expect(settleRun(all)).toEqual({ state: 'paused', reason: 'operator' })
    expect(settleRun({ ...all, operatorPaused: false })).toEqual({ state: 'paused', reason: 'provider' })
  })
})
