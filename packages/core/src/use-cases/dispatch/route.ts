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
  /** Until when a provider is paused for mail from one address, '' for the shared pool; 0 if it is not. */
  pausedUntil(provider: string, source: string, now: Instant): Instant
  pause(provider: string, source: string, until: Instant): void
  /** For the shared pool. */
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
  /** By address and provider: what one of them asked of one address is no matter of the others (TSK-12). */
  const paused = new Map<string, Instant>()
  const keyOf = (provider: string, source: string) => `${source} ${provider}`
  let failures = 0
  let pauseMs = FIRST_PAUSE_MS
  let closed: Instant = 0
  let trouble: string | null = null
  return {
    pausedUntil(provider, source, now) {
      const until = paused.get(keyOf(provider, source)) ?? 0
      if (until > now) return until
      if (until > 0) paused.delete(keyOf(provider, source))
      return 0
    },
    pause(provider, source, until) {
      const key = keyOf(provider, source)
      paused.set(key, Math.max(until, paused.get(key) ?? 0))
    },
    pausedLanes: (now) =>
      [...paused].flatMap(([key, until]) => (until > now && key.startsWith(' ') ? [key.slice(1)] : [])),
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
