export {
  afterFailure,
  BREAKER_POLICY,
  type Breaker,
  type BreakerPolicy,
  CLOSED,
  isOpen,
  isProbing,
} from './breaker.js'
export { CALLBACK_URL_MAX, callbackUrl } from './callback-url.js'
export { type CallbackEvent, EVENT_IDS, type EventDetail, keptDetail } from './event-kinds.js'
export { type Compat, CUSTOM_HEADERS, callbackBody, customHeaders, type EventFacts, numericId } from './payload.js'
export { type Addressed, endpointFor } from './precedence.js'
export { nextRetry, RETRY_PLAN, type RetryPlan, type RetryQuestion } from './retry-plan.js'
export { type Verdict, verdictOf } from './verdict.js'
