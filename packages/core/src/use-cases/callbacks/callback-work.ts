import type { Instant } from '../../ports/clock.js'
import type { JsonObject, NewWork } from '../../ports/rows.js'

/** Events to be told to one endpoint, which is their lane: what it holds up holds up nobody else. */
export const callbackWork = (work: {
  readonly key: string
  readonly account: string
  readonly endpoint: string
  readonly dueAt: Instant
  readonly ref: JsonObject
}): NewWork => ({
  id: `callback:${work.key}`,
  kind: 'callback',
  key: work.key,
  account: work.account,
  parent: work.endpoint,
  lane: work.endpoint,
  rank: work.dueAt,
  dueAt: work.dueAt,
  ref: work.ref,
})
