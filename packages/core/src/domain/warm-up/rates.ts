/** What happened to a domain's mail on one calendar day. Events count on the day they arrive, at most one of each per message (TSK-11). */
export interface DayFacts {
  /** The daily limit at this moment. */
  readonly limit: number
  /** Given to a receiving server today. */
  readonly handedOver: number
  /** Delivered + bounced + dropped by the receiver: see `settledOf`. */
  readonly settled: number
  readonly delivered: number
  readonly bouncedHard: number
  readonly bouncedSoft: number
  /** Dropped by the receiver. */
  readonly dropped: number
  /** Bounces that say the address does not work. */
  readonly invalid: number
  readonly spamBounced: number
  readonly complained: number
  /** Messages with an open that no prefetcher or scanner made. */
  readonly humanOpened: number
}

/** A count and what it is measured against. Compared in integers, because 0.1 % is no binary fraction. */
export interface Rate {
  readonly count: number
  readonly of: number
}

/** `invalid`, `delivered`, `spamBounced` are over settled mail; `complained`, `opened` over delivered mail (TSK-11). */
export interface DayRates {
  readonly invalid: Rate
  readonly delivered: Rate
  readonly spamBounced: Rate
  readonly complained: Rate
  readonly opened: Rate
}

export function settledOf(facts: Pick<DayFacts, 'delivered' | 'bouncedHard' | 'bouncedSoft' | 'dropped'>): number {
  return facts.delivered + facts.bouncedHard + facts.bouncedSoft + facts.dropped
}

export function rates(facts: DayFacts): DayRates {
  const { settled, delivered } = facts
  return {
    invalid: { count: facts.invalid, of: settled },
    delivered: { count: delivered, of: settled },
    spamBounced: { count: facts.spamBounced, of: settled },
    complained: { count: facts.complained, of: delivered },
    opened: { count: facts.humanOpened, of: delivered },
  }
}

/** Strictly below so many thousandths. Nothing of nothing is below. */
export function isBelow(rate: Rate, perMille: number): boolean {
  return rate.count * 1000 < rate.of * perMille || (rate.count === 0 && perMille > 0)
}

/** Strictly above so many thousandths. Nothing of nothing is not above. */
export function isAbove(rate: Rate, perMille: number): boolean {
  return rate.count * 1000 > rate.of * perMille
}

/** As many thousandths or more. */
export function reaches(rate: Rate, perMille: number): boolean {
  return rate.count * 1000 >= rate.of * perMille
}
