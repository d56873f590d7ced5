import type { Instant } from '../../ports/clock.js'

const SECOND = 1_000
/** Tokens of a rate are used within this time or let go: saved up they would let more than a second's worth leave in a second. */
export const STALE_MS = 20
/** Of the tokens: a second and the time within which they are used, so that over all processes no second sees more leave than the rate (DIP-3). */
export const WINDOW_MS = SECOND + STALE_MS
/** Whoever would be on turn within this time comes back then; others get a second of their own in the line. */
const SOON_MS = 250
/** Nobody is sent further back in the line: its IPs may be given back while it waits. */
const LONGEST_LINE_MS = 10 * SECOND

export interface Reserved {
  readonly count: number
  /** So many are used, the others are free again. */
  use(count: number): void
}

/**
 * How far this process has used the rates of dedicated IPs. The limiter counts for all processes; this keeps claims from waiting for it with a
 * connection in hand, and what leaves here within the rate to the millisecond, however late tokens are used.
 */
export interface IpRates {
  /** Puts up to `most` of the last window's worth aside, as far as it is not used. `line`: an IP, for one kind of mail. */
  reserve(line: string, most: number, now: Instant): Reserved
  /** When a claim for which nothing was left should come again. */
  comeAgain(lines: readonly string[], domain: string, now: Instant): Instant
  /** When the next mail may leave from this IP; 0: now. */
  nextAt(ip: string, now: Instant): Instant
  departed(ip: string, now: Instant): void
}

export function createIpRates(perSecond: number): IpRates {
  const reserved = new Map<string, readonly { readonly at: Instant; count: number }[]>()
  const departures = new Map<string, readonly Instant[]>()
  const lines = new Map<string, Instant>()
  const lastWindow = (line: string, now: Instant) =>
    (reserved.get(line) ?? []).filter(({ at, count }) => at > now - WINDOW_MS && count > 0)
  return {
    reserve(line, most, now) {
      const others = lastWindow(line, now)
      const left = perSecond - others.reduce((sum, { count }) => sum + count, 0)
      const own = { at: now, count: Math.max(0, Math.min(most, left)) }
      reserved.set(line, [...others, own])
      const use = (count: number) => {
        own.count = count
      }
      return { count: own.count, use }
    },
    comeAgain(wanted, domain, now) {
      const opens = Math.min(...wanted.map((line) => (lastWindow(line, now)[0]?.at ?? now) + WINDOW_MS))
      if (opens > now && opens <= now + SOON_MS) return opens
      const next = Math.min(Math.max(lines.get(domain) ?? 0, now) + WINDOW_MS, now + LONGEST_LINE_MS)
      lines.set(domain, next)
      return next
    },
    nextAt(ip, now) {
      const last = departures.get(ip) ?? []
      const at = last.length < perSecond ? 0 : (last[last.length - perSecond] ?? 0) + SECOND
      return at > now ? at : 0
    },
    departed(ip, now) {
      departures.set(ip, [...(departures.get(ip) ?? []), now].slice(-perSecond))
    },
  }
}
