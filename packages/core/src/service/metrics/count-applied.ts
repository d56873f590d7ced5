import { Fact, stateOf } from '../../domain/delivery/index.js'
import type { Bundle, BundleResult, Change, Observation, Outcome } from '../../ports/changes.js'
import type { CounterLabels, MailNews, MailOutcome, Metrics } from '../../ports/metrics.js'
import type { Json } from '../../ports/rows.js'

/** What one `apply` stored of results of mails. */
export interface Applied {
  readonly results: number
}

/** Counts what one `apply` has stored, in one pass over what was handed to it: the one place through which everything goes. */
export function countApplied(metrics: Metrics, bundles: readonly Bundle[], results: readonly BundleResult[]): Applied {
  const tally = new Tally()
  bundles.forEach((bundle, index) => {
    const result = results[index]
    if (result?.applied) for (const [at, change] of bundle.changes.entries()) tally.change(change, result.outcomes[at])
    else if (result?.refusal.type === 'lease-lost') tally.leases += 1
  })
  tally.tell(metrics)
  return { results: [...tally.outcomes.values()].reduce((sum, count) => sum + count, 0) }
}

class Tally {
  readonly outcomes = new Map<MailOutcome, number>()
  readonly #news = new Map<MailNews, number>()
  readonly #pauses: CounterLabels['task.pauses']['reason'][] = []
  leases = 0
  #accepted = 0
  #stragglers = 0
  #told = 0
  #failed = 0
  #parked = 0

  change(change: Change, outcome: Outcome | undefined): void {
    if (change.type === 'settle') this.#settle(change.items, outcome?.type === 'bulk' ? outcome.lost : [])
    else if (change.type === 'work.advance') this.leases += outcome?.type === 'advanced' && !outcome.held ? 1 : 0
    else if (change.type === 'work.put')
      this.#stragglers += change.items.reduce((sum, { kind }) => sum + (kind === 'straggler' ? 1 : 0), 0)
    else if (change.type === 'record.put') this.#record(change.record)
  }

  #settle(items: readonly Observation[], lost: readonly number[]): void {
    const skipped = new Set(lost)
    items.forEach((item, index) => {
      if (skipped.has(index) || item.facts === 0) return
      if ((item.facts & Fact.accepted) === 0) bump(this.#news, newsOf(item.facts, item.raw))
      else if (item.facts === Fact.accepted) this.#accepted += 1
      else {
        const state = stateOf(item.facts)
        if (state !== 'accepted') bump(this.outcomes, state)
      }
    })
  }

  #record({ kind, state, data }: Extract<Change, { readonly type: 'record.put' }>['record']): void {
    if (kind === 'parked-callbacks') this.#parked += list(data, 'parts').length
    else if (kind === 'callback-attempts')
      for (const entry of list(data, 'entries'))
        if (field(entry, 'why') === null) this.#told += 1
        else this.#failed += 1
    else if (kind === 'task' && state === 'paused') {
      const reason = field(field(data, 'pause'), 'reason')
      if (isPauseReason(reason)) this.#pauses.push(reason)
    }
  }

  tell(metrics: Metrics): void {
    if (this.#accepted > 0) metrics.add('mail.accepted', this.#accepted, {})
    for (const [outcome, count] of this.outcomes) metrics.add('mail.outcomes', count, { outcome })
    for (const [news, count] of this.#news) metrics.add('mail.news', count, { news })
    if (this.#stragglers > 0) metrics.add('mail.stragglers', this.#stragglers, {})
    if (this.leases > 0) metrics.add('lease.losses', this.leases, {})
    if (this.#told > 0) metrics.add('callback.attempts', this.#told, { result: 'told' })
    if (this.#failed > 0) metrics.add('callback.attempts', this.#failed, { result: 'failed' })
    if (this.#parked > 0) metrics.add('callback.parked', this.#parked, {})
    for (const reason of this.#pauses) metrics.add('task.pauses', 1, { reason })
  }
}

const newsByFact: readonly (readonly [number, MailNews])[] = [
  [Fact.complained, 'complained'],
  [Fact.unsubscribed, 'unsubscribed'],
  [Fact.bouncedHard | Fact.bouncedSoft, 'bounced'],
  [Fact.dropped, 'dropped'],
  [Fact.delivered, 'delivered'],
  [Fact.deferred, 'deferred'],
  [Fact.clicked, 'clicked'],
  [Fact.opened, 'opened'],
]

/** Machines' visits set no fact of their own; they show by what they count as. */
const newsByCounter: ReadonlyMap<string, MailNews> = new Map([
  ['clicks', 'clicked'],
  ['machineClicks', 'clicked'],
  ['opens', 'opened'],
  ['machineOpens', 'opened'],
  ['deferrals', 'deferred'],
])

const newsOf = (facts: number, raw: string | null): MailNews =>
  newsByCounter.get(raw ?? '') ?? newsByFact.find(([bits]) => (facts & bits) !== 0)?.[1] ?? 'other'

const bump = <K>(counts: Map<K, number>, key: K): void => void counts.set(key, (counts.get(key) ?? 0) + 1)

const field = (of: Json | undefined, name: string): Json | undefined =>
  typeof of === 'object' && of !== null && !Array.isArray(of) ? (of as Readonly<Record<string, Json>>)[name] : undefined

const list = (of: Json, name: string): readonly Json[] => {
  const found = field(of, name)
  return Array.isArray(found) ? found : []
}

const isPauseReason = (reason: Json | undefined): reason is CounterLabels['task.pauses']['reason'] =>
  reason === 'daily-limit' || reason === 'operator' || reason === 'domain-blocked' || reason === 'provider'
