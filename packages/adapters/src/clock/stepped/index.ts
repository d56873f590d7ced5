import { type Clock, type Instant, MailError } from '@mailwright/core'

/** A clock that stands still until it is stepped. */
export interface SteppedClock extends Clock {
  /**
   * Goes on to `at` and wakes every sleeper due by then in the order of time, each at its own instant, with what it does until
   * it waits again. Await it; without sleepers the time has changed at once. Going back throws INPUT_INVALID.
   */
  stepTo(at: Instant | string): Promise<void>
  /** `stepTo` so many milliseconds from now. */
  stepBy(ms: number): Promise<void>
}

interface Sleeper {
  readonly at: Instant
  readonly wake: () => void
}

const readInstant = (at: Instant | string): Instant => {
  const instant = typeof at === 'number' ? at : Date.parse(at)
  if (!Number.isFinite(instant)) {
    throw new MailError('INPUT_INVALID', { field: 'at', expected: 'epoch milliseconds or an ISO 8601 date with zone' })
  }
  return instant
}

/** Lets everything that was woken run until it waits for something other than this clock. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A clock for tests and simulations: never real time. Starts at epoch milliseconds or an ISO 8601 date. */
export const steppedClock = (start: Instant | string): SteppedClock => {
  let present = readInstant(start)
  const sleepers = new Set<Sleeper>()

  const firstDue = (until: Instant): Sleeper | undefined => {
    let first: Sleeper | undefined
    for (const sleeper of sleepers) {
      if (sleeper.at <= until && (first === undefined || sleeper.at < first.at)) first = sleeper
    }
    return first
  }

  const stepTo = async (at: Instant | string): Promise<void> => {
    const until = readInstant(at)
    if (until < present)
      throw new MailError('INPUT_INVALID', { field: 'at', expected: 'not before now', nearest: present })
    for (let due = firstDue(until); due !== undefined; due = firstDue(until)) {
      present = Math.max(present, due.at)
      due.wake()
      await settle()
    }
    present = Math.max(present, until)
  }

  return {
    now: () => present,
    stepTo,
    stepBy: (ms) => stepTo(present + ms),
    sleepUntil: (at, signal) =>
      new Promise((resolve) => {
        if (at <= present || signal.aborted) return resolve()
        const wake = () => {
          sleepers.delete(sleeper)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        const sleeper: Sleeper = { at, wake }
        sleepers.add(sleeper)
        signal.addEventListener('abort', wake, { once: true })
      }),
  }
}
