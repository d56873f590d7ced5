import type { Instant } from '../../ports/clock.js'
import { nextOccurrence } from '../recurrence/index.js'
import type { RecurringSchedule } from './schedule.js'

export interface DueFacts {
  readonly schedule: RecurringSchedule
  /** The first occurrence nobody has decided on. */
  readonly nextRun: Instant
  readonly now: Instant
  /** A run is unfinished, or an occurrence waits for its end: nothing may fire before them. */
  readonly busy: boolean
  /** An occurrence waits already. */
  readonly waiting: boolean
  /** An occurrence that is decided on later than this was missed. */
  readonly onTimeMs: number
  /** At most so many are decided on at once. */
  readonly most: number
  /** Asked after each of them: whether there is time to look for the next one that is due. A rule can take long to follow. */
  readonly inTime?: () => boolean
}

/** A row of occurrences that do not fire, and why: nobody was there, or the last run was not finished. */
export interface SkippedOccurrences {
  readonly from: Instant
  readonly through: Instant
  readonly count: number
  readonly reason: 'missed' | 'overlap'
}

export interface DueDecision {
  readonly fire: Instant | null
  readonly wait: readonly Instant[]
  readonly skipped: readonly SkippedOccurrences[]
  /** The first occurrence after those decided on; null: that was the last. Not after `now` if there were more than `most`, or it was not in time. */
  readonly nextRun: Instant | null
}

/**
 * What becomes of the occurrences that are due (TSK-5). Of several due at once the missed policy says which are wanted: the latest, all, or only one
 * that is on time. The first wanted one fires; while a run is unfinished the first waits and further ones are skipped, but with `all` every
 * missed one waits: they are owed.
 */
export function decideDue(facts: DueFacts): DueDecision {
  const { schedule, now, onTimeMs, most, inTime = () => true } = facts
  const due: Instant[] = []
  let next: Instant | null = facts.nextRun
  while (next !== null && next <= now && due.length < most && (due.length === 0 || inTime())) {
    due.push(next)
    next = nextOccurrence(schedule, next)
  }
  const moreDue = next !== null && next <= now
  const wanted = wantedOf(due, schedule.missed, now - onTimeMs, moreDue)
  const decided = { fire: null as Instant | null, wait: [] as Instant[], overlap: [] as Instant[] }
  for (const at of wanted) {
    const owed = schedule.missed === 'all' && (due.length > 1 || at < now - onTimeMs)
    if (!facts.busy && decided.fire === null) decided.fire = at
    else if (owed || !(facts.waiting || decided.wait.length > 0)) decided.wait.push(at)
    else decided.overlap.push(at)
  }
  const missed = due.filter((at) => !wanted.includes(at))
  return {
    fire: decided.fire,
    wait: decided.wait,
    skipped: [...rowOf(missed, 'missed'), ...rowOf(decided.overlap, 'overlap')],
    nextRun: next,
  }
}

function wantedOf(
  due: readonly Instant[],
  missed: RecurringSchedule['missed'],
  onTimeFrom: Instant,
  moreDue: boolean,
): readonly Instant[] {
  if (missed === 'all') return due
  // A later one is due already: none of these is the latest.
  if (moreDue) return []
  return due.slice(-1).filter((at) => missed === 'latest' || at >= onTimeFrom)
}

const rowOf = (row: readonly Instant[], reason: SkippedOccurrences['reason']): readonly SkippedOccurrences[] => {
  const [from] = row
  return from === undefined ? [] : [{ from, through: row.at(-1) ?? from, count: row.length, reason }]
}
