export { isCountable } from './next-of-rule.js'
export { nextOccurrence, occurrencesAfter } from './occurrences.js'
export { EVERY_UNITS, type Every, type EveryUnit, type Recurrence, type Recurring } from './recurrence.js'
export { ruleParts, timesPerDay } from './rule-parts.js'
