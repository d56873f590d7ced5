export { type Attempt, type AttemptResult, afterAttempt, LANE_PAUSE_MS } from './after-attempt.js'
export { afterNews, behindForward, isComplaint, type News, type NewsResult } from './after-news.js'
export { Fact, type FactName, failureFact, isFinal, type MessageState, stateOf, statePrecedence } from './facts.js'
export {
  type AttemptFacts,
  acceptanceGates,
  attemptGates,
  type Gate,
  type GateFacts,
  runGates,
  type Verdict,
} from './gates.js'
export { cellsAsStored, eventAsStored } from './late-news.js'
export { type OriginalStatus, originalStatus } from './original-status.js'
export { type Cutoffs, cutoffsAt, type Retention } from './retention.js'
export {
  FIRST_DELAY_MS,
  GIVE_UP_AFTER_MS,
  JITTER,
  MAX_DELAY_MS,
  type NextAttempt,
  nextAttempt,
  type RetryKind,
  type RetryQuestion,
  retryDelay,
} from './retry-schedule.js'
export { complains, isSimulated, SIMULATOR_DOMAIN, type Simulation, simulate } from './simulator.js'
