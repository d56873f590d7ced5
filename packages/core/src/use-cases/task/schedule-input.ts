import { z } from 'zod'
import { EVERY_UNITS } from '../../domain/recurrence/index.js'
import { checkSchedule, MISSED_POLICIES, type Schedule } from '../../domain/task/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { Instant } from '../../ports/clock.js'
import type { Context } from '../context.js'
import { instantsOf, momentSchema } from '../moment-input.js'

/** When a task runs, by its type (TSK-1). Without an offset, times are those of the task's zone, an IANA name. */
export const scheduleFields = {
  immediate: { type: z.literal('immediate') },
  scheduled: { type: z.literal('scheduled'), at: momentSchema, timeZone: z.string() },
  recurring: {
    type: z.literal('recurring'),
    /** In the future: the first occurrence of `every`, DTSTART of `rrule`. */
    startAt: momentSchema,
    timeZone: z.string(),
    /** This or `rrule`. */
    every: z.strictObject({ n: z.int().min(1), unit: z.enum(EVERY_UNITS) }).optional(),
    /** RFC 5545, without DTSTART, from yearly to hourly: FREQ=WEEKLY;BYDAY=MO. */
    rrule: z.string().max(2_000).optional(),
    /** No occurrence after it. */
    until: momentSchema.optional(),
    /** What becomes of occurrences that nobody was there to fire (TSK-5). */
    missed: z.enum(MISSED_POLICIES).default('latest'),
  },
} as const

const schedules = z.discriminatedUnion('type', [
  z.object(scheduleFields.immediate),
  z.object(scheduleFields.scheduled),
  z.object(scheduleFields.recurring),
])

/** @throws INPUT_INVALID naming the field (see checkSchedule). */
export function scheduleOf(ctx: Pick<Context, 'policy'>, input: z.output<typeof schedules>, now: Instant): Schedule {
  const schedule = readSchedule(input)
  checkSchedule(schedule, now, ctx.policy.occurrencesPerDay)
  return schedule
}

function readSchedule(input: z.output<typeof schedules>): Schedule {
  switch (input.type) {
    case 'immediate':
      return { type: 'immediate' }
    case 'scheduled':
      return { type: 'scheduled', timeZone: input.timeZone, ...instantsOf({ at: input.at }, ['at'], input.timeZone) }
    case 'recurring': {
      const { every, rrule, timeZone, missed } = input
      const what = every && rrule === undefined ? { every } : !every && rrule !== undefined ? { rrule } : null
      if (!what) throw new MailError('INPUT_INVALID', { field: 'every', expected: 'either every or rrule' })
      const { startAt, until } = instantsOf(input, ['startAt', 'until'], timeZone)
      const end = until === undefined ? {} : { until }
      return { type: 'recurring', ...what, startAt, timeZone, ...end, cycle: true, missed }
    }
    default:
      return input satisfies never
  }
}
