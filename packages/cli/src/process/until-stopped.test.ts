import { describe, expect, it } from 'vitest'
import { untilStopped } from './until-stopped.js'

/** A process that is sent signals by the test, and what it logs. */
function aProcess() {
  const listeners: (() => void)[] = []
  const logged: string[] = []
  return {
    io: {
      onSignal: (listener: () => void) => {
        listeners.push(listener)
        return () => undefined
      },
    },
    logger: { log: (level: string, event: string) => void logged.push(`${level} ${event}`) },
    logged,
    signal: () => {
      for (const listener of listeners) listener()
    },
  }
}

describe('a process that serves or works', () => {
  it('F2: begins to stop at the first signal and ends with 0 when that is done', async () => {
    const { io, logger, logged, signal } = aProcess()
    let stops = 0
    const ended = untilStopped(io, logger, async () => {
      stops += 1
    })
    expect(stops).toBe(0)
    signal()
    expect(await ended).toBe(0)
    expect({ stops, logged }).toEqual({ stops: 1, logged: ['info stopping', 'info stopped'] })
  })

  it('F2: ends at once with 1 at a second signal, whatever is still under way', async () => {
    const { io, logger, signal } = aProcess()
    const ended = untilStopped(io, logger, () => new Promise(() => undefined))
    signal()
    signal()
    expect(await ended).toBe(1)
  })

  it('F2: ends with 1 when stopping fails', async () => {
    const { io, logger, logged, signal } = aProcess()
    const ended = untilStopped(io, logger, () => Promise.reject(new Error('away')))
    signal()
    expect(await ended).toBe(1)
    expect(logged).toContain('error stop-failed')
  })
})
