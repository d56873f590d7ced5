import { addDays } from '../calendar/index.js'
import { levelLimit, type RaiseMode, TOP_LEVEL } from '../warm-up/index.js'

/** So many mails on that calendar day, such as 2026-11-23. */
export interface PlannedDay {
  readonly day: string
  readonly count: number
}

/**
 * Which days a run's rows go out if the level is raised whenever the rule allows it: once a day, or as often as the rows fill
 * the limit (TSK-8, TSK-13). Rows ahead of it go first; those of a later start are not there before their day. A forecast: bounces, complaints and
 * tasks still to come make it later.
 */
export function planDays(request: {
  /** After refusals. */
  readonly rows: number
  /** Rows of other runs that go first. */
  readonly ahead?: number
  /** The day of its start, if that is not today. */
  readonly startsOn?: string
  readonly level: number
  /** What today's limit still allows. */
  readonly leftToday: number
  readonly raise: RaiseMode
  readonly today: string
  readonly raisedToday?: boolean
  /** Blocked, or to be lowered: nothing more is raised today. */
  readonly noRaiseToday?: boolean
  /** The level of tomorrow when a lowering is pending. */
  readonly levelTomorrow?: number
  readonly operatorLimit?: number | null
}): readonly PlannedDay[] {
  const { raise, today, operatorLimit = null } = request
  const highest = operatorLimit === null ? TOP_LEVEL : TOP_LEVEL + 1
  const limit = (level: number) => levelLimit(level, operatorLimit)
  const starts = request.startsOn === undefined ? 0 : Math.max(0, daysBetween(today, request.startsOn))
  const days: PlannedDay[] = []
  let { rows, level } = request
  let { ahead = 0 } = request
  for (let offset = 0; rows > 0; offset++) {
    // Nothing goes out meanwhile, so no level changes but by a lowering that is due.
    if (ahead === 0 && offset < starts) {
      if (offset === 0 && request.levelTomorrow !== undefined) level = request.levelTomorrow
      offset = starts
    }
    const first = offset === 0
    if (offset === 1 && request.levelTomorrow !== undefined) level = request.levelTomorrow
    const there = ahead + (offset >= starts ? rows : 0)
    let allowance = first ? Math.max(0, request.leftToday) : limit(level)
    let raises = first && request.raisedToday ? 1 : 0
    // A limit used up is more than 70 % handed over, so each one that leaves rows behind earns the next.
    const mayRaise = () =>
      level < highest && !(first && request.noRaiseToday) && (raise === 'unbounded' || raises === 0)
    while (there > allowance && mayRaise()) {
      allowance += limit(level + 1) - limit(level)
      level++
      raises++
    }
    const gone = Math.min(there, allowance)
    const own = Math.max(0, gone - ahead)
    if (own > 0) days.push({ day: addDays(today, offset), count: own })
    ahead -= gone - own
    rows -= own
  }
  return days
}

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000
