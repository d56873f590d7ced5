import type { Counts } from '../../ports/counters.js'
import { type Share, share } from './sending-rates.js'

/** What recipients did with mail that was sent in a period (STA-1). */
export type TrackingCounts = {
  readonly delivered: number
  /** Every open of a human, and the messages and people behind them. */
  readonly opens: number
  readonly uniqueOpens: number
  /** Distinct people; null if they were not asked for. */
  readonly openUsers: number | null
  readonly clicks: number
  readonly uniqueClicks: number
  readonly clickUsers: number | null
  /** Every open and click of a prefetcher or scanner; the figures above are without them (TRK-3). */
  readonly machineOpens: number
  readonly machineClicks: number
  readonly unsubscribes: number
  readonly complaints: number
}

/** Distinct people of a group of mails, if they were asked for. */
export interface Users {
  readonly open: number | null
  readonly click: number | null
}

export const trackingCounts = (counts: Counts, users: Users): TrackingCounts => ({
  delivered: counts.delivered,
  opens: counts.opens,
  uniqueOpens: counts.humanOpened,
  openUsers: users.open,
  clicks: counts.clicks,
  uniqueClicks: counts.clicked,
  clickUsers: users.click,
  machineOpens: counts.machineOpens,
  machineClicks: counts.machineClicks,
  unsubscribes: counts.unsubscribed,
  complaints: counts.complained,
})

export type TrackingRates = Readonly<Record<'opened' | 'clicked' | 'unsubscribed' | 'complained', Share>>

/** Each message at most once, over delivered mail (STA-1, TSK-11). */
export const trackingRates = (counts: TrackingCounts): TrackingRates => ({
  opened: share(counts.uniqueOpens, counts.delivered),
  clicked: share(counts.uniqueClicks, counts.delivered),
  unsubscribed: share(counts.unsubscribes, counts.delivered),
  complained: share(counts.complaints, counts.delivered),
})
