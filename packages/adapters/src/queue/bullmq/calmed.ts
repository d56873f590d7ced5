import { machineNow } from './machine-clock.js'

/** What of a BullMQ worker is needed to calm it. */
interface Restless {
  on(event: 'error', listener: () => void): unknown
  pause(doNotWaitActive: boolean): Promise<void>
  resume(): Promise<void>
  isPaused(): boolean
}

const MOST_ERRORS = 5
const WINDOW_MS = 1_000
const REST_MS = 1_000

/**
 * A worker that Redis refuses (out of memory, loading, read-only, no permission) asks again at once, for ever: a core at full load and an error event for
 * each round. It is paused for a second whenever its errors come fast. Nothing is logged here: `publish` rejects and `inspect` tells.
 */
export const calmed = (worker: Restless): void => {
  let errors = 0
  let since = 0
  worker.on('error', () => {
    const now = machineNow()
    if (now - since > WINDOW_MS) {
      since = now
      errors = 0
    }
    errors += 1
    if (errors < MOST_ERRORS || worker.isPaused()) return
    void worker.pause(true).then(() => {
      setTimeout(() => void worker.resume(), REST_MS).unref()
    })
  })
}
