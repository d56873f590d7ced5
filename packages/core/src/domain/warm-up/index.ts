export { decideLevel, LEVEL_POLICY, type LevelDecision, type LevelPolicy, type RaiseMode } from './decide-level.js'
export { FIRST_LEVEL, GRANTED_LEVEL, LEVEL_LIMITS, levelLimit, TOP_LEVEL } from './levels.js'
export { type DayFacts, type DayRates, isAbove, isBelow, type Rate, rates, reaches, settledOf } from './rates.js'
export {
  applyDecision,
  grantLimit,
  highestLevel,
  isBlockedToday,
  limitToday,
  newWarmUp,
  openDay,
  type WarmUp,
} from './warm-up.js'
