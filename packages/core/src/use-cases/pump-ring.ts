import type { Change } from '../ports/changes.js'
import type { Instant } from '../ports/clock.js'

/** One pump per domain: whoever changes what the domain may send rings it, and it comes once however often it was rung. */
export const pumpRing = (account: string, domain: string, dueAt: Instant): Change => ({
  type: 'work.put',
  sooner: true,
  items: [
    { id: `pump:${domain}`, kind: 'pump', key: domain, account, parent: domain, lane: '', rank: 0, dueAt, ref: {} },
  ],
})
