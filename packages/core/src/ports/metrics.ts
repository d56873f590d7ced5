import type { LogEvent } from './log-events.js'

/** Kinds of work, as labels. */
export const WORK_LABELS = [
  'send',
  'retry',
  'postponed',
  'straggler',
  'chunk',
  'start',
  'pump',
  'callback',
  'track',
  'upkeep',
] as const
type WorkLabel = (typeof WORK_LABELS)[number]

/** What became of one mail at one attempt, or without any. `dropped`: a gate refused it, a blocklist for instance. */
export type MailOutcome =
  | 'delivered'
  | 'deferred'
  | 'bounced'
  | 'dropped'
  | 'failed'
  | 'cancelled'
  | 'expired'
  | 'unknown'

/** What came back about a mail later on. */
export type MailNews =
  | 'delivered'
  | 'deferred'
  | 'bounced'
  | 'dropped'
  | 'opened'
  | 'clicked'
  | 'unsubscribed'
  | 'complained'
  | 'other'

/**
 * Everything that is counted, each with its labels. All labels are of short closed lists: no account, domain, address or id is one, so that the number of
 * series does not grow with the number of tenants, and nothing personal leaves by this door (T23).
 */
export interface CounterLabels {
  /** Mails of `send` and `sendRegular` that were stored. */
  readonly 'mail.accepted': Readonly<Record<never, never>>
  /** Results stored by this process. */
  readonly 'mail.outcomes': { readonly outcome: MailOutcome }
  /** Opens, clicks, complaints, late bounces and the like, each counted once. */
  readonly 'mail.news': { readonly news: MailNews }
  /** Mails whose answer was overdue, so that their chunk went on without them. */
  readonly 'mail.stragglers': Readonly<Record<never, never>>
  /** Works leased by this process. */
  readonly 'work.claimed': { readonly work: WorkLabel }
  /** Leases that somebody else had taken over. */
  readonly 'lease.losses': Readonly<Record<never, never>>
  /** Calls to the storage that failed, not those that were refused. */
  readonly 'storage.errors': { readonly operation: StorageOperation }
  readonly 'callback.attempts': { readonly result: 'told' | 'failed' }
  /** Events for which nobody is called any more; they can be replayed. */
  readonly 'callback.parked': Readonly<Record<never, never>>
  /** Tasks that were paused. */
  readonly 'task.pauses': { readonly reason: 'daily-limit' | 'operator' | 'domain-blocked' | 'provider' }
  /** What was said to the logger, warnings and errors only. */
  readonly 'log.events': { readonly event: LogEvent; readonly level: 'warn' | 'error' }
}

export type StorageOperation = 'apply' | 'claim' | 'read'

export interface HistogramLabels {
  /** Seconds. */
  readonly 'storage.duration': { readonly operation: StorageOperation }
  /** Seconds from when the oldest work of a claim fell due until it was claimed. */
  readonly 'work.wait': { readonly work: WorkLabel }
  /** Seconds for storing the results of one flush. */
  readonly 'flush.duration': Readonly<Record<never, never>>
  /** Results of one flush. */
  readonly 'flush.results': Readonly<Record<never, never>>
  /** Seconds that tokens of a rate were waited for. */
  readonly 'limiter.wait': Readonly<Record<never, never>>
}

export interface GaugeLabels {
  /** Seconds that the oldest due work of a kind has been due; 0: none is. Of all processes. */
  readonly 'work.overdue': { readonly work: WorkLabel }
  /** 1: up. */
  readonly 'storage.up': Readonly<Record<never, never>>
  /** 1: this process takes up work. */
  readonly 'worker.running': Readonly<Record<never, never>>
  /** 1: the way out is open; 0: a breaker is open, nothing is being handed over. */
  readonly 'route.open': Readonly<Record<never, never>>
  /** Providers that asked for a rest. */
  readonly 'route.resting': Readonly<Record<never, never>>
  /** Mails started and not yet settled in this process: what a kill can double (REL-3). */
  readonly 'mail.unsettled': Readonly<Record<never, never>>
  /** Seconds, since the reading before. */
  readonly 'event_loop.delay': { readonly quantile: '0.5' | '0.99' | '1' }
}

export type CounterName = keyof CounterLabels
export type HistogramName = keyof HistogramLabels
export type GaugeName = keyof GaugeLabels

export type GaugeReading = {
  readonly [N in GaugeName]: { readonly name: N; readonly value: number; readonly labels: GaugeLabels[N] }
}[GaugeName]

/**
 * Takes figures for operators. Called a few times for each claim and each flush, never for each mail. No verb may throw, wait or keep `labels`.
 */
export interface Metrics {
  add<N extends CounterName>(name: N, by: number, labels: CounterLabels[N]): void
  observe<N extends HistogramName>(name: N, value: number, labels: HistogramLabels[N]): void
  /** `read` is asked at each collection, and never rejects. Returns the way to stop asking. */
  watch(read: () => Promise<readonly GaugeReading[]>): () => void
}

/** Of one metric, for whoever makes instruments of them. */
export interface MetricEntry {
  readonly unit: 's' | '1' | `{${string}}`
  readonly description: string
}

/** Names, units and sentences of all metrics (units by UCUM, as OpenTelemetry has them). */
export const METRICS: Readonly<{
  counters: Readonly<Record<CounterName, MetricEntry>>
  histograms: Readonly<Record<HistogramName, MetricEntry>>
  gauges: Readonly<Record<GaugeName, MetricEntry>>
}> = {
  counters: {
    'mail.accepted': { unit: '{mail}', description: 'Mails of send and sendRegular that were stored' },
    'mail.outcomes': { unit: '{mail}', description: 'Results of attempts, and ends without one' },
    'mail.news': { unit: '{event}', description: 'What came back about mails later on' },
    'mail.stragglers': { unit: '{mail}', description: 'Mails whose answer was overdue' },
    'work.claimed': { unit: '{work}', description: 'Works leased by this process' },
    'lease.losses': { unit: '{lease}', description: 'Leases that somebody else had taken over' },
    'storage.errors': { unit: '{error}', description: 'Calls to the storage that failed' },
    'callback.attempts': { unit: '{attempt}', description: 'Callbacks posted' },
    'callback.parked': { unit: '{event}', description: 'Events whose callback was given up, to be replayed' },
    'task.pauses': { unit: '{pause}', description: 'Tasks that were paused' },
    'log.events': { unit: '{event}', description: 'Warnings and errors that were logged' },
  },
  histograms: {
    'storage.duration': { unit: 's', description: 'Duration of calls to the storage' },
    'work.wait': { unit: 's', description: 'How long the oldest work of a claim had been due' },
    'flush.duration': { unit: 's', description: 'Duration of storing the results of one flush' },
    'flush.results': { unit: '{mail}', description: 'Results stored by one flush' },
    'limiter.wait': { unit: 's', description: 'How long tokens of a rate were waited for' },
  },
  gauges: {
    'work.overdue': { unit: 's', description: 'How long the oldest due work has been due, over all processes' },
    'storage.up': { unit: '1', description: '1 if the storage answers' },
    'worker.running': { unit: '1', description: '1 if this process takes up work' },
    'route.open': { unit: '1', description: '0 while a breaker keeps all mail back' },
    'route.resting': { unit: '{provider}', description: 'Providers that asked for a rest' },
    'mail.unsettled': { unit: '{mail}', description: 'Mails started and not yet settled in this process' },
    'event_loop.delay': { unit: 's', description: 'Delay of the event loop since the reading before' },
  },
}
