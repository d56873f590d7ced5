import type { Instant } from '../../ports/clock.js'
import type { Work } from '../../ports/rows.js'
import { CALLBACK_RETENTION_CHORE, retainCallbacks } from '../callbacks/retain-callbacks.js'
import type { Context } from '../context.js'
import { BILLING_CHORE } from '../dedicated-ips/ledger.js'
import { postFees } from '../dedicated-ips/post-fees.js'
import { checkDomain } from '../domains/check-domain.js'
import { CHECK_CHORE } from '../domains/check-work.js'
import { eraseAgain } from '../people/erase-person.js'
import { RETENTION_CHORE, retain } from '../retention/retain.js'
import { FOLD_CHORE, foldStatistics } from '../statistics/fold-statistics.js'
import { REVIEW_CHORE, reviewAgain } from '../templates/review-version.js'
import { RESEAL_CHORE, reseal } from './reseal.js'

/**
 * Work that keeps the house: it is due from time to time and nobody waits for it. Answers when it is due again; null: never. It is held by one
 * worker at a time, may be killed anywhere, and is repeated then. It works in small steps: a step is over well before its lease.
 */
export type Chore = (ctx: Context, work: Work) => Promise<Instant | null>

/** By name; the work row says which. */
export const chores: Readonly<Record<string, Chore>> = {
  erase: eraseAgain,
  [RETENTION_CHORE]: retain,
  [CALLBACK_RETENTION_CHORE]: retainCallbacks,
  [FOLD_CHORE]: foldStatistics,
  [BILLING_CHORE]: postFees,
  [REVIEW_CHORE]: reviewAgain,
  [CHECK_CHORE]: checkDomain,
  [RESEAL_CHORE]: reseal,
}

/** Chores of the whole installation: each process puts their work when it starts, and the first one wins. */
export const standingChores: readonly string[] = [RETENTION_CHORE, CALLBACK_RETENTION_CHORE, RESEAL_CHORE, FOLD_CHORE]
