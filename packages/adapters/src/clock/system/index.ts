/** The clock core uses by default, here for hosts that want to give it another source. */
export { type SharedClock, type SystemClockOptions, systemClock } from '@mailwright/core'
