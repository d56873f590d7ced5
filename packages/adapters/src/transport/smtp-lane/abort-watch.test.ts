import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { createAbortWatch } from './abort-watch.js'

const listenersOf = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length

describe('the watch for aborts', () => {
  it('calls all that wait for a signal over one listener, and nobody who has called it off', () => {
    const watch = createAbortWatch()
    const end = new AbortController()
    const called: string[] = []
    const off = ['a', 'b', 'c', 'd'].map((name) => watch(end.signal, () => called.push(name)))
    expect(listenersOf(end.signal)).toBe(1)
    off[0]?.()
    off[3]?.()
    // A second time, which must not call off somebody else.
    off[0]?.()
    end.abort()
    expect(called.sort()).toEqual(['b', 'c'])
  })

  it('lets go of a signal nobody waits for', () => {
    const watch = createAbortWatch()
    const { signal } = new AbortController()
    const off = [watch(signal, () => undefined), watch(signal, () => undefined)]
    for (const one of off) one()
    expect(listenersOf(signal)).toBe(0)
    watch(signal, () => undefined)
    expect(listenersOf(signal)).toBe(1)
  })
})
