import { recipientProvider } from '../../domain/address/index.js'
import type { Instant } from '../../ports/clock.js'

const FAILURES_TO_OPEN = 5
const FIRST_PAUSE_MS = 15_000
const LONGEST_PAUSE_MS = 10 * 60_000

/**
 * What this process knows of the way out: providers that asked us to slow down (TSK-12), and whether the relay answers at all.
 * A relay that is down is nobody's attempt: the breaker opens, work goes back, `health` says why.
 */
export interface Route {
  /** Until when a provider is paused; 0 if it is not. */
  pausedUntil(provider: string, now: Instant): Instant
  pause(provider: string, until: Instant): void
  pausedLanes(now: Instant): readonly string[]
  /** Until when nothing is sent; 0 if the way is open. */
  closedUntil(now: Instant): Instant
  /** When something that is closed or paused opens next; null if nothing is. */
  opensAt(now: Instant): Instant | null
  failed(cause: string, now: Instant): void
  reached(): void
  readonly trouble: string | null
}

export function createRoute(): Route {
  const paused = new Map<string, Instant>()
  let failures = 0
  let pauseMs = FIRST_PAUSE_MS
  let closed: Instant = 0
  let trouble: string | null = null
  return {
    pausedUntil(provider, now) {
      const until = paused.get(provider) ?? 0
      if (until > now) return until
      if (until > 0) paused.delete(provider)
      return 0
    },
    pause(provider, until) {
      paused.set(provider, Math.max(until, paused.get(provider) ?? 0))
    },
    pausedLanes: (now) => [...paused].filter(([, until]) => until > now).map(([provider]) => provider),
    closedUntil: (now) => (closed > now ? closed : 0),
    opensAt(now) {
      const waits = [closed, ...paused.values()].filter((until) => until > now)
      return waits.length > 0 ? Math.min(...waits) : null
    },
    failed(cause, now) {
      failures += 1
      trouble = cause
      if (failures < FAILURES_TO_OPEN || closed > now) return
      closed = now + pauseMs
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)
    },
    reached() {
      if (trouble === null) return
      failures = 0
      pauseMs = FIRST_PAUSE_MS
      closed = 0
      trouble = null
    },
    get trouble() {
      return trouble
    },
  }
}

/** Big providers are paused as a lane, whatever kind of mail they answered; of the mixed lane only the one domain is. */
export function providerOf(recipientDomain: string): string {
  const lane = recipientProvider(recipientDomain)
  return lane === 'other' ? recipientDomain : lane
}
