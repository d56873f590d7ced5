import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '@mailwright/core'

/** Real time, moved by an offset that may grow: how a test lets leases run out without waiting for them. */
export const shiftedClock = (offsetMs: () => number): Clock => {
  let last = 0
  const now = () => {
    last = Math.max(last, Date.now() + offsetMs())
    return last
  }
  return {
    now,
    async sleepUntil(at, signal) {
      while (now() < at && !signal.aborted) {
        const step = Math.min(at - now(), 60_000)
        await delay(step, undefined, { signal, ref: false }).catch(() => undefined)
      }
    },
  }
}
