/**
 * What must come out of the simulated days, by arithmetic of its own: it follows the rules as written, mail by mail, and imports nothing of the
 * product.
 */
import { answerOf, DAY, FIRST_DAY, HOUR, type WorldTask, worldDomains, worldTasks } from './world.js'

export interface DayTotals {
  handedOver: number
  delivered: number
  bounced: number
  blocked: number
}

export interface TaskTotals {
  fired: number
  skipped: number
  /** Due, and waiting for the end of the run before. */
  waiting: number
}

export interface Totals {
  /** By `account day`. */
  readonly days: Readonly<Record<string, DayTotals>>
  readonly tasks: Readonly<Record<string, TaskTotals>>
  /** Level of each domain when the day after the last one begins. */
  readonly levels: Readonly<Record<string, number>>
}

const LIMITS = [500, 1_000, 2_000, 5_000, 10_000, 20_000, 40_000]
const BLOCKED_FOR = 180 * DAY

// ——— local time ———

const formats = new Map<string, Intl.DateTimeFormat>()

/** The wall clock as the milliseconds of the same date in UTC. */
function local(at: number, timeZone: string): number {
  let format = formats.get(timeZone)
  if (format === undefined) {
    const digits = {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    } as const
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, ...digits })
    formats.set(timeZone, format)
  }
  return Date.parse(`${format.format(at).replace(' ', 'T')}Z`)
}

/** All zones keep quarters of an hour, so the earliest instant that shows `wall` is found by trying each. */
function instantsOf(wall: number, timeZone: string, inGap: 'after' | 'offset-before'): number {
  for (let at = wall - 15 * HOUR; at <= wall + 15 * HOUR; at += HOUR / 4) if (local(at, timeZone) === wall) return at
  for (let at = Math.floor(wall / (HOUR / 4)) * (HOUR / 4) - 15 * HOUR; ; at += HOUR / 4) {
    if (local(at, timeZone) <= wall) continue
    const before = at - HOUR / 4
    return inGap === 'after' ? at : wall - (local(before, timeZone) - before)
  }
}

/** Every occurrence up to `end`, by going through the days one at a time. */
function occurrencesOf(task: WorldTask, end: number): readonly number[] {
  const { startAt, timeZone, recurrence } = task
  const found: number[] = []
  const last = Math.min(end, task.until ?? end)
  if (recurrence.type === 'every' && recurrence.unit === 'hours') {
    for (let at = startAt; at <= last; at += recurrence.n * HOUR) found.push(at)
    return found
  }
  const anchor = local(startAt, timeZone)
  const time = anchor % DAY
  const first = new Date(anchor)
  for (let day = anchor - time, count = 0; day <= last + 2 * DAY; day += DAY, count += 1) {
    const date = new Date(day)
    if (!isDay(recurrence, date, count, first)) continue
    const skipped = recurrence.type === 'every' ? 'after' : 'offset-before'
    const at = day + time === anchor ? startAt : instantsOf(day + time, timeZone, skipped)
    if (at >= startAt && at <= last && at !== found.at(-1)) found.push(at)
  }
  return found
}

function isDay(recurrence: WorldTask['recurrence'], date: Date, count: number, first: Date): boolean {
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  const weekday = (date.getUTCDay() + 6) % 7
  if (recurrence.type === 'weekdays') return recurrence.days.includes(weekday)
  if (recurrence.type === 'last-weekday-of-month') return weekday === recurrence.day && date.getUTCDate() + 7 > lastDay
  if (recurrence.unit === 'days') return count % recurrence.n === 0
  if (recurrence.unit === 'weeks') return count % (7 * recurrence.n) === 0
  const months = (date.getUTCFullYear() - first.getUTCFullYear()) * 12 + date.getUTCMonth() - first.getUTCMonth()
  return months % recurrence.n === 0 && date.getUTCDate() === Math.min(first.getUTCDate(), lastDay)
}

// ——— the days ———

interface Run {
  readonly task: WorldTask
  next: number
}

interface Domain {
  readonly account: string
  readonly runs: Run[]
  day: number
  level: number
  raised: boolean
  lower: boolean
  blocked: boolean
  handedOver: number
  delivered: number
  invalid: number
}

export function simulate(days: number): Totals {
  const end = FIRST_DAY + days * DAY
  const totals: Record<string, DayTotals> = {}
  const tasks: Record<string, TaskTotals> = {}
  const invalidUntil = new Map<string, number>()
  const domains = new Map<string, Domain>()
  const fresh = { raised: false, lower: false, blocked: false, handedOver: 0, delivered: 0, invalid: 0 }
  for (const { account, name } of worldDomains) domains.set(name, { account, runs: [], day: 0, level: 1, ...fresh })

  const dayOf = (domain: Domain, now: number): DayTotals => {
    const key = `${domain.account} ${new Date(now).toISOString().slice(0, 10)}`
    totals[key] ??= { handedOver: 0, delivered: 0, bounced: 0, blocked: 0 }
    return totals[key]
  }

  const openDay = (domain: Domain, day: number): void => {
    if (day === domain.day) return
    const level = domain.lower ? Math.max(1, domain.level - 1) : domain.level
    Object.assign(domain, fresh, { day, level })
  }

  /** TSK-8 to TSK-10; there are neither complaints nor opens nor spam bounces here, and every mail handed over is settled at once. */
  const evaluate = (domain: Domain): void => {
    const { handedOver, delivered, invalid } = domain
    if (handedOver > 300 && invalid * 100 > handedOver * 11) domain.blocked = true
    if (handedOver > 300 && (invalid * 100 > handedOver * 9 || delivered * 100 < handedOver * 65)) domain.lower = true
    if (domain.lower || domain.blocked || domain.raised) return
    const limit = LIMITS[domain.level - 1] as number
    const clean = invalid * 100 < handedOver * 5 && delivered * 100 > handedOver * 92
    if (clean && handedOver * 100 >= limit * 70) {
      domain.level += 1
      domain.raised = true
    }
  }

  /** One row: true if it has been dealt with, false if nothing more may go today. */
  const sendRow = (domain: Domain, recipient: string, now: number): boolean => {
    const limit = LIMITS[domain.level - 1] as number
    if (domain.blocked || domain.handedOver >= limit) return false
    const day = dayOf(domain, now)
    if ((invalidUntil.get(recipient) ?? 0) > now) {
      day.blocked += 1
      return true
    }
    const answer = answerOf(recipient, now)
    domain.handedOver += 1
    day.handedOver += 1
    if (answer === 'taken') {
      domain.delivered += 1
      day.delivered += 1
    } else {
      day.bounced += 1
      if (answer === 'unknown-user') {
        domain.invalid += 1
        invalidUntil.set(recipient, now + BLOCKED_FOR)
      }
    }
    return true
  }

  const counts = (task: WorldTask): TaskTotals => {
    tasks[task.name] ??= { fired: 0, skipped: 0, waiting: 0 }
    return tasks[task.name] as TaskTotals
  }

  const fire = (domain: Domain, task: WorldTask): void => {
    domain.runs.push({ task, next: 0 })
    counts(task).fired += 1
  }

  /** Oldest run first; the level is looked at between what is given out. */
  const pump = (domain: Domain, now: number): void => {
    openDay(domain, Math.floor(now / DAY))
    for (let moved = true; moved; ) {
      moved = false
      evaluate(domain)
      for (const run of [...domain.runs]) {
        const { recipients } = run.task
        while (run.next < recipients.length && sendRow(domain, recipients[run.next] as string, now)) {
          run.next += 1
          moved = true
        }
        if (run.next < recipients.length) break
        domain.runs.splice(domain.runs.indexOf(run), 1)
        moved = true
        const total = counts(run.task)
        if (total.waiting > 0) {
          total.waiting -= 1
          fire(domain, run.task)
        }
      }
    }
  }

  const due = worldTasks
    .flatMap((task) => occurrencesOf(task, end - 1).map((at) => ({ at, task })))
    .sort((a, b) => a.at - b.at)
  let index = 0
  for (let midnight = FIRST_DAY; midnight < end; midnight += DAY) {
    for (const domain of domains.values()) if (domain.runs.length > 0) pump(domain, midnight)
    for (; index < due.length && (due[index]?.at ?? 0) < midnight + DAY; index += 1) {
      const { at, task } = due[index] as { at: number; task: WorldTask }
      const domain = domains.get(task.domain) as Domain
      const total = counts(task)
      if (!domain.runs.some((run) => run.task === task)) fire(domain, task)
      else if (total.waiting === 0) total.waiting = 1
      else total.skipped += 1
      pump(domain, at)
    }
  }
  for (const domain of domains.values()) openDay(domain, Math.floor(end / DAY))
  const levels = Object.fromEntries([...domains].map(([name, { level }]) => [name, level]))
  return { days: totals, tasks, levels }
}
