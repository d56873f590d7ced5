import type { Instant } from '../../ports/clock.js'
import type { JsonObject, NewWork } from '../../ports/rows.js'

/** The one work row of a chore for what it keeps: a domain, an account, or '' for the whole installation. */
export const upkeepWork = (chore: {
  readonly name: string
  readonly of: string
  readonly account: string
  readonly dueAt: Instant
  readonly ref?: JsonObject
}): NewWork => ({
  id: `upkeep:${chore.name}:${chore.of}`,
  kind: 'upkeep',
  key: `${chore.name}:${chore.of}`,
  account: chore.account,
  parent: chore.of,
  lane: '',
  rank: chore.dueAt,
  dueAt: chore.dueAt,
  ref: { ...chore.ref, chore: chore.name },
})
