import type { Instant } from '../../ports/clock.js'

const DAY = 86_400_000
const HOUR = 3_600_000

/** FNV-1a: spreads ids evenly over 32 bits. */
function spread(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/**
 * DOM-9: when a domain is looked at next, once a day. Each has its own time of day, so that ten thousand domains do not all ask at midnight; one that was
 * looked at within the last hour waits for the next day.
 */
export function nextCheckAt(domain: string, now: Instant): Instant {
  const offset = Math.floor((spread(domain) / 2 ** 32) * DAY)
  const earliest = now + HOUR
  const today = Math.floor(earliest / DAY) * DAY + offset
  return today >= earliest ? today : today + DAY
}
