import type { Clock } from '@mailwright/core'

/** Waits so many milliseconds or until `signal` aborts; by `clock` if there is one. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>

/** Monotonic, so that a clock set back or forward neither starves nor floods. Its timers keep no process alive. */
const monotonicPause: Pause = (ms, signal) =>
  new Promise((resolve) => {
    const until = performance.now() + ms
    let timer: NodeJS.Timeout | undefined
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const step = () => {
      const left = until - performance.now()
      if (left <= 0 || signal.aborted) return end()
      // Timers count whole milliseconds and may fire early by a part of one.
      timer = setTimeout(step, Math.ceil(left))
      timer.unref()
    }
    signal.addEventListener('abort', end, { once: true })
    step()
  })

export const pauseBy = (clock: Clock | undefined): Pause =>
  clock === undefined ? monotonicPause : (ms, signal) => clock.sleepUntil(clock.now() + ms, signal)
