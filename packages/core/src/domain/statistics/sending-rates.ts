import type { Counter, Counts } from '../../ports/counters.js'

/** A share with what it is a share of, so that rates of several cells can be added up before they are divided. */
export interface Share {
  readonly count: number
  readonly of: number
  /** count ÷ of, from 0; null when there is nothing to measure against. */
  readonly rate: number | null
}

/** Counters that are measured against settled mail (delivered + bounced + dropped), as TSK-11 does. */
const OF_SETTLED = [
  'delivered',
  'bouncedHard',
  'bouncedSoft',
  'dropped',
  'invalid',
  'spamBounced',
] as const satisfies Counter[]
/** Counters that are measured against delivered mail. Each counts a message once. */
const OF_DELIVERED = ['opened', 'humanOpened', 'clicked', 'unsubscribed', 'complained'] as const satisfies Counter[]

export type SendingRates = Readonly<
  Record<(typeof OF_SETTLED)[number] | (typeof OF_DELIVERED)[number] | 'bounced' | 'deferred', Share>
>

/** The rates of a cell or of a sum of cells (STA-1). `bounced` is hard and soft together; `deferred` is over handed-over mail. */
export function sendingRates(counts: Counts): SendingRates {
  const bounced = counts.bouncedHard + counts.bouncedSoft
  const settled = counts.delivered + bounced + counts.dropped
  const over = <N extends Counter>(names: readonly N[], of: number) =>
    Object.fromEntries(names.map((name) => [name, share(counts[name], of)])) as Record<N, Share>
  return {
    ...over(OF_SETTLED, settled),
    ...over(OF_DELIVERED, counts.delivered),
    bounced: share(bounced, settled),
    deferred: share(counts.deferred, counts.handedOver),
  }
}

function share(count: number, of: number): Share {
  return { count, of, rate: of === 0 ? null : count / of }
}
