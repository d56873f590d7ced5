/** Counters of a cell. The first ones are named after the fact bits 0, 1, 2, … and count newly set bits; the rest count fresh events. */
export const COUNTERS = [
  'accepted',
  'handedOver',
  'deferred',
  'delivered',
  'bouncedHard',
  'bouncedSoft',
  'dropped',
  'failed',
  'cancelled',
  'expired',
  'unknown',
  'invalid',
  'spamBounced',
  'opened',
  'humanOpened',
  'clicked',
  'unsubscribed',
  'complained',
  'requeued',
  'opens',
  'clicks',
  'deferrals',
  'refused',
  'machineOpens',
  'machineClicks',
  'uncorrelated',
] as const
export type Counter = (typeof COUNTERS)[number]
/** How many of COUNTERS are fact bits. */
export const FACT_COUNTERS = 19
export type Counts = Readonly<Record<Counter, number>>
