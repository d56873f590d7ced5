import { createHash } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { MailError } from '../../errors/mail-error.js'
import type { Clock, Instant } from '../../ports/clock.js'
import type { Limiter } from '../../ports/limiter.js'
import type { Storage } from '../../ports/storage.js'
import { type Booked, createBookingDesk } from './booking-desk.js'
import { type WaitingTake, waitingTake } from './waiting-take.js'

/** Tokens are granted within this time after the instant for which they were booked, as the storage's time goes. */
export const GRANT_MS = 20
/** How far the clock of a process may be from the storage's: what is granted is then still granted within GRANT_MS. */
export const CLOCK_MARGIN_MS = 5
/** Of the tokens of a window, the part that a process books at once: others come to turn in between. */
const SLICES = 3
/** The longest time a booking is made ahead for a storage that is slow to answer. */
const LONGEST_LEAD_MS = 1_000
const LEAD_FADES = 0.9

export interface StorageLimiterOptions {
  readonly storage: Pick<Storage, 'apply' | 'name' | 'capabilities'>
  /** That which all processes share. */
  readonly clock: Clock
}

interface Unused {
  readonly at: Instant
  readonly count: number
}

/** A hash: keys hold account ids, and must not meet those of other windows (T27). */
const windowKey = (key: string): string => `rate:${createHash('sha256').update(key).digest('base64url')}`

const isLike = (one: WaitingTake, other: WaitingTake): boolean =>
  one.perSecond === other.perSecond && one.windowMs === other.windowMs

/** The first that is still open; those before it leave the line. */
const firstOf = (line: WaitingTake[]): WaitingTake | undefined => {
  while (line[0]?.open === false) line.shift()
  return line[0]
}

/**
 * A limiter that needs nothing but the storage. Tokens are booked in slices, each for an instant at which the window has room for it, over all processes in the order
 * of their bookings: one trip to the storage for each slice, none while it waits. A slice is granted within 20 ms after its instant, less 5 ms at either end for
 * clocks that differ; one that is late is not granted but exchanged. So the window that is booked is 20 ms longer than the one that is asked for, and
 * the latter never holds more than its rate as long as no clock is more than 5 ms from the storage's.
 */
export function storageLimiter({ storage, clock }: StorageLimiterOptions): Limiter {
  const desk = createBookingDesk(storage)
  const lines = new Map<string, WaitingTake[]>()
  const serving = new Set<Promise<void>>()
  const closing = new AbortController()
  // Every key that waits listens.
  setMaxListeners(0, closing.signal)
  const margin = storage.capabilities.concurrentWriters ? CLOCK_MARGIN_MS : 0
  // What the storage took for its last answers.
  let lead = 0

  /** `like` is one of the takes it is for, `count` 0 if it only gives back. */
  const book = async (like: WaitingTake, count: number, unused: Unused | null): Promise<Booked> => {
    let sent = 0
    const booked = await desk.book(() => {
      sent = clock.now()
      return {
        type: 'window.book',
        key: windowKey(like.key),
        count,
        least: Math.min(count, like.count),
        from: sent + Math.ceil(lead),
        windowMs: like.windowMs + GRANT_MS,
        limit: like.perSecond,
        ...(unused && { unused }),
      }
    })
    lead = Math.min(LONGEST_LEAD_MS, Math.max(clock.now() - sent, lead * LEAD_FADES))
    return booked
  }

  /** How many tokens those want that come to turn together: the first, and as many as may go with it. */
  const wantedBy = (line: readonly WaitingTake[], first: WaitingTake): number => {
    const most = Math.max(first.count, Math.ceil(first.perSecond / SLICES))
    let sum = 0
    for (const take of line) {
      if (!take.open) continue
      if (!isLike(take, first) || sum + take.count > most) break
      sum += take.count
    }
    return sum
  }

  /** Grants to those that come first now; answers how many tokens are left. */
  const grant = (line: WaitingTake[], like: WaitingTake, count: number): number => {
    let left = count
    for (let take = firstOf(line); take && take.count <= left && isLike(take, like); take = firstOf(line)) {
      left -= take.count
      take.grant()
    }
    return left
  }

  const serve = async (line: WaitingTake[]): Promise<void> => {
    let unused: Unused | null = null
    let last: WaitingTake | null = null
    for (let first = firstOf(line); first && !closing.signal.aborted; first = firstOf(line)) {
      last = first
      try {
        const { at, count } = await book(first, wantedBy(line, first), unused)
        await clock.sleepUntil(at + margin, closing.signal)
        const inTime = !closing.signal.aborted && clock.now() <= at + GRANT_MS - margin
        const left = inTime ? grant(line, first, count) : count
        unused = left > 0 ? { at, count: left } : null
      } catch (error) {
        // Whether it was booked is open: it counts as used.
        unused = null
        for (const take of line.splice(0)) take.fail(error)
      }
    }
    if (last) lines.delete(last.key)
    // Nobody waits for the answer: tokens that are not given back are lost, no more.
    if (last && unused) await book(last, 0, unused).catch(() => undefined)
  }

  const join = (take: WaitingTake): void => {
    const line = lines.get(take.key)
    if (line) {
      line.push(take)
      return
    }
    const fresh = [take]
    lines.set(take.key, fresh)
    const served = serve(fresh).finally(() => serving.delete(served))
    serving.add(served)
  }

  return {
    name: 'storage',
    capabilities: { shared: storage.capabilities.concurrentWriters },
    async take(request, signal) {
      if (closing.signal.aborted) throw new MailError('SERVICE_STOPPED', { limiter: 'storage' })
      const { take, answered } = waitingTake(request, signal)
      join(take)
      await answered
    },
    async close() {
      closing.abort()
      for (const line of lines.values())
        for (const take of line) take.fail(new MailError('SERVICE_STOPPED', { limiter: 'storage' }))
      await Promise.all(serving)
    },
  }
}
