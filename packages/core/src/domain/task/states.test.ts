import { describe, expect, it } from 'vitest'
import { possibleActions, requireAction, restart, resumesByItself, TASK_STATES, type TaskStanding } from './index.js'

const paused = (reason: 'daily-limit' | 'operator' | 'domain-blocked' | 'provider'): TaskStanding => ({
  state: 'paused',
  reason,
})

describe('what can be done with a task', () => {
  it('TSK-3: has these states', () => {
    expect(TASK_STATES).toEqual(['to-start', 'sending', 'paused', 'failed', 'done', 'cancelled'])
  })

  it.each<[TaskStanding, readonly string[]]>([
    [{ state: 'to-start' }, ['pause', 'cancel']],
    [{ state: 'sending' }, ['pause', 'cancel']],
    [paused('daily-limit'), ['pause', 'restart', 'cancel']],
    [paused('domain-blocked'), ['pause', 'restart', 'cancel']],
    [paused('provider'), ['pause', 'restart', 'cancel']],
    [paused('operator'), ['restart', 'cancel']],
    [{ state: 'failed' }, []],
    [{ state: 'done' }, []],
    [{ state: 'cancelled' }, []],
  ])('TSK-14: %j can be: %j', (task, actions) => {
    expect(possibleActions(task)).toEqual(actions)
    for (const action of ['pause', 'restart', 'cancel'] as const) {
      const attempt = () => requireAction(action, task)
      if (actions.includes(action)) expect(attempt).not.toThrow()
      else {
        expect(attempt).toThrow(
          expect.objectContaining({
            code: 'STATE_INVALID',
            details: { action, ...task, possible: actions },
          }),
        )
      }
    }
  })

  it('TSK-14: only a pause for the daily limit or for a blocked domain ends by itself', () => {
    expect(resumesByItself('daily-limit')).toBe(true)
    expect(resumesByItself('domain-blocked')).toBe(true)
    expect(resumesByItself('operator')).toBe(false)
    expect(resumesByItself('provider')).toBe(false)
  })

  it("TSK-6: with resume 'manual' none does", () => {
    expect(resumesByItself('daily-limit', 'manual')).toBe(false)
    expect(resumesByItself('domain-blocked', 'manual')).toBe(false)
  })
})

describe('restart', () => {
  const run = { running: true, cached: 10, allowance: 5, domainBlocked: false, nextDayStart: 1_000 }

  it('TSK-14: goes on sending while there is allowance, or nothing left that needs it', () => {
    expect(restart(run)).toEqual({ state: 'sending' })
    expect(restart({ ...run, cached: 0, allowance: 0 })).toEqual({ state: 'sending' })
  })

  it('TSK-14: without allowance stays paused and says until when', () => {
    expect(restart({ ...run, allowance: 0 })).toEqual({ state: 'paused', reason: 'daily-limit', until: 1_000 })
    expect(restart({ ...run, domainBlocked: true })).toEqual({
      state: 'paused',
      reason: 'domain-blocked',
      until: 1_000,
    })
  })

  it('puts a task between runs back to waiting for its start', () => {
    expect(restart({ ...run, running: false, allowance: 0 })).toEqual({ state: 'to-start' })
  })
})
