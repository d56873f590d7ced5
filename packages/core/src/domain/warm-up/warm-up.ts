import { MailError } from '../../errors/mail-error.js'
import type { LevelDecision } from './decide-level.js'
import { FIRST_LEVEL, GRANTED_LEVEL, levelLimit, TOP_LEVEL } from './levels.js'

/** Where a sender domain stands. */
export interface WarmUp {
  readonly level: number
  /** The calendar day the state is about, such as 2026-11-23. */
  readonly day: string
  /** How many raises that day has had. */
  readonly raisedToday: number
  /** The day after starts one level lower (TSK-9). */
  readonly lowerNextDay: boolean
  /** The day on which nothing more is sent (TSK-10). */
  readonly blockedDay: string | null
  /** Mails a day above level 20, by the operator's grant. */
  readonly operatorLimit: number | null
}

/** A newly verified domain (TSK-7). */
export function newWarmUp(day: string): WarmUp {
  return { level: FIRST_LEVEL, day, raisedToday: 0, lowerNextDay: false, blockedDay: null, operatorLimit: null }
}

/**
 * The state when `day` starts: a pending lowering takes effect, once, however many days have passed. The same or an earlier
 * day changes nothing: a closed day's decision stands (TSK-11).
 */
export function openDay(warmUp: WarmUp, day: string): WarmUp {
  if (day <= warmUp.day) return warmUp
  const level = warmUp.lowerNextDay ? Math.max(FIRST_LEVEL, warmUp.level - 1) : warmUp.level
  return { ...warmUp, level, day, raisedToday: 0, lowerNextDay: false, blockedDay: null }
}

/** Carries a decision about `warmUp.day` into the state. A lowering once decided stands, and nothing is raised after it. */
export function applyDecision(warmUp: WarmUp, decision: LevelDecision): WarmUp {
  switch (decision.type) {
    case 'stay':
      return warmUp
    case 'raise':
      if (warmUp.lowerNextDay || decision.to <= warmUp.level) return warmUp
      return { ...warmUp, level: decision.to, raisedToday: warmUp.raisedToday + 1 }
    case 'lower':
      return { ...warmUp, lowerNextDay: true }
    case 'block':
      return { ...warmUp, blockedDay: warmUp.day, lowerNextDay: warmUp.lowerNextDay || decision.to < warmUp.level }
    default:
      return decision satisfies never
  }
}

/** Whether the domain is blocked for the rest of its day (TSK-10). */
export function isBlockedToday(warmUp: WarmUp): boolean {
  return warmUp.blockedDay === warmUp.day
}

/** The daily limit of the day the state is about. A block is no lower limit: what is handed over by then stays counted. */
export function limitToday(warmUp: WarmUp): number {
  return levelLimit(warmUp.level, warmUp.operatorLimit)
}

/** The level raises may reach: 20, or with a grant the level above. */
export function highestLevel(warmUp: WarmUp): number {
  return warmUp.operatorLimit === null ? TOP_LEVEL : GRANTED_LEVEL
}

/**
 * The operator's grant: puts the domain above level 20 at once, or with null takes the grant back. Throws INPUT_INVALID unless
 * the limit is an integer above that of level 20.
 */
export function grantLimit(warmUp: WarmUp, limit: number | null): WarmUp {
  if (limit === null) return { ...warmUp, level: Math.min(warmUp.level, TOP_LEVEL), operatorLimit: null }
  const least = levelLimit(TOP_LEVEL) + 1
  if (!Number.isSafeInteger(limit) || limit < least) {
    throw new MailError('INPUT_INVALID', {
      field: 'operatorLimit',
      expected: `an integer from ${least}`,
      nearest: least,
    })
  }
  return { ...warmUp, level: GRANTED_LEVEL, operatorLimit: limit }
}
