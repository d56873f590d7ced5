import { setTimeout as delay } from 'node:timers/promises'
import { isMailError } from '@mailwright/core'

const AGAIN_MS = 200

/**
 * Makes a call again until the storage answers, as hosts do: it only asks, or has an idempotency key. Also where no fault is on any more, since a connection
 * that was cut is known to be only when it is used next.
 */
export async function asAHost<Answer>(call: () => Promise<Answer>, refused?: () => void): Promise<Answer> {
  for (;;) {
    try {
      return await call()
    } catch (error) {
      if (!isMailError(error, 'STORAGE_UNAVAILABLE')) throw error
      refused?.()
      await delay(AGAIN_MS)
    }
  }
}
