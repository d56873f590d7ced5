import { tables } from './0001-tables.js'
import { claim } from './0002-claim.js'
import { growth } from './0003-growth.js'
import { claimPlans } from './0004-claim-plans.js'
import type { Migration } from './migration.js'

export type { Migration } from './migration.js'

/** In the order they are applied. */
export const migrations: readonly Migration[] = [tables, claim, growth, claimPlans]
