import { addDays } from '../quota/index.js'
import { levelLimit, type RaiseMode, TOP_LEVEL } from '../warm-up/index.js'

/** So many mails on that calendar day, such as 2026-11-23. */
export interface PlannedDay {
  readonly day: string
  readonly count: number
}

/**
 * Which days a run's rows go out if the level is raised whenever the rule allows it: once a day, or as often as the rows fill
 * the limit (TSK-8, TSK-13). A forecast: bounces, complaints and other tasks of the domain make it later.
 */
export function planDays(request: {
  /** After refusals. */
  readonly rows: number
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
  const days: PlannedDay[] = []
  let rows = request.rows
  let level = request.level
  for (let offset = 0; rows > 0; offset++) {
    const first = offset === 0
    if (offset === 1 && request.levelTomorrow !== undefined) level = request.levelTomorrow
    let allowance = first ? Math.max(0, request.leftToday) : limit(level)
    let raises = first && request.raisedToday ? 1 : 0
    // A limit used up is more than 70 % handed over, so each one that leaves rows behind earns the next.
    const mayRaise = () =>
      level < highest && !(first && request.noRaiseToday) && (raise === 'unbounded' || raises === 0)
    while (rows > allowance && mayRaise()) {
      allowance += limit(level + 1) - limit(level)
      level++
      raises++
    }
    const count = Math.min(rows, allowance)
    if (count > 0) days.push({ day: addDays(today, offset), count })
    rows -= count
  }
  return days
}
