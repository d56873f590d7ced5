import { describe, expect, it } from 'vitest'
import { race } from './race.js'

const never = new AbortController().signal
const delayMs = 20

describe('the race for an address', () => {
  it('goes to the first that connects; a slow one keeps nobody waiting and is closed when it comes late', async () => {
    const dropped: string[] = []
    let late: (value: string) => void = () => undefined
    const result = await race(
      ['slow', 'fast', 'unneeded'],
      (candidate) =>
        candidate === 'slow' ? new Promise<string>((resolve) => (late = resolve)) : Promise.resolve(candidate),
      { drop: (value) => dropped.push(value), signal: never, delayMs },
    )
    expect(result).toEqual({ type: 'won', value: 'fast' })
    late('slow')
    await Promise.resolve()
    expect(dropped).toEqual(['slow'])
  })

  it('starts the next at once when one fails, and one after the other else', async () => {
    const started: [string, number][] = []
    const from = performance.now()
    const result = await race(
      ['refused', 'silent', 'good'],
      (candidate) => {
        started.push([candidate, performance.now() - from])
        if (candidate === 'refused') return Promise.reject(new Error(candidate))
        return candidate === 'good' ? Promise.resolve(candidate) : new Promise<string>(() => undefined)
      },
      { drop: () => undefined, signal: never, delayMs: 200 },
    )
    expect(result).toMatchObject({ value: 'good' })
    const [, silent, good] = started.map(([, at]) => at)
    expect(silent).toBeLessThan(150)
    expect(good).toBeGreaterThan(190)
  })

  it('fails with all errors when all have failed, and at once when it is told to stop', async () => {
    const fail = (candidate: string) => Promise.reject(new Error(candidate))
    const options = { drop: () => undefined, signal: never, delayMs }
    expect(await race(['a', 'b'], fail, options)).toMatchObject({
      type: 'failed',
      errors: [{ message: 'a' }, { message: 'b' }],
    })
    const stop = new AbortController()
    const signals: AbortSignal[] = []
    const hanging = race(
      ['a'],
      (_, signal) => {
        signals.push(signal)
        return new Promise<string>(() => undefined)
      },
      { ...options, signal: stop.signal },
    )
    stop.abort()
    expect(await hanging).toMatchObject({ type: 'failed' })
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  })
})
