import { setTimeout as delay } from 'node:timers/promises'
import { isMailError } from '@mailwright/core'
import { asAHost } from './as-a-host.js'
import { SENDER, type Shop } from './shop.js'

/** A host that sends one mail after the other, whatever happens, and repeats a call that failed under its key until it is answered. */
export interface SteadySends {
  /** Calls that were refused because the storage was away. */
  readonly refused: number
  /** What a host could not have known to repeat. */
  readonly problems: readonly string[]
  /** Resolves when the last call is answered. */
  end(): Promise<void>
}

const EVERY_MS = 25
let hosts = 0

/** What is answered is added to the shop's promises. */
export function steadySends({ mail, promised }: Shop): SteadySends {
  hosts += 1
  const host = hosts
  const problems: string[] = []
  let refused = 0
  let ended = false

  const sendUntilAnswered = async (number: number): Promise<void> => {
    const to = `single${number}@host${host}.example`
    const message = { from: SENDER, to, template: 'welcome', variables: { name: 'Ann' }, idempotencyKey: to }
    try {
      await asAHost(
        () => mail.send(message),
        () => {
          refused += 1
        },
      )
      promised.push(to)
    } catch (error) {
      problems.push(
        `send threw ${isMailError(error) ? error.code : ''} ${String(error)} ${String(Object(error).cause)}`,
      )
    }
  }
  const run = async (): Promise<void> => {
    for (let number = 0; !ended; number += 1) {
      await sendUntilAnswered(number)
      await delay(EVERY_MS)
    }
  }
  const running = run()
  return {
    problems,
    get refused() {
      return refused
    },
    async end() {
      ended = true
      await running
    },
  }
}
