import type { Clock } from '@mailwright/core'

const LONGEST_TIMER_MS = 2 ** 31 - 1

/** This machine's time, for a queue that is given no clock. Its timers keep no process alive. */
export const realClock: Clock = {
  now: () => Date.now(),
  sleepUntil: (at, signal) =>
    new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined
      const end = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        resolve()
      }
      const step = () => {
        const left = at - Date.now()
        if (left <= 0 || signal.aborted) return end()
        timer = setTimeout(step, Math.min(left, LONGEST_TIMER_MS))
        timer.unref()
      }
      signal.addEventListener('abort', end, { once: true })
      step()
    }),
}
