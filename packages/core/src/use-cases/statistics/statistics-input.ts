import { z } from 'zod'
import { isTimeZone } from '../../domain/calendar/index.js'
import { momentSchema } from '../moment-input.js'
import { tagFilterSchema } from '../tags-input.js'

const names = z.array(z.string().max(320)).min(1).max(1_000)

/** `tag:team` stands for one row for each value of that key, and one for mail without it. */
const dimensionSchema = z.union([
  z.enum(['hour', 'day', 'domain', 'recipientDomain', 'template', 'task']),
  z.templateLiteral(['tag:', z.string().min(1).max(128)]),
])
export type StatisticsDimension = z.output<typeof dimensionSchema>

const question = {
  /** Mail sent in [from, to), widened to whole quarters of an hour. Without an offset they are times of the zone of the question. */
  from: momentSchema,
  to: momentSchema,
  /** What to break the figures down by: at most one of `hour` and `day`, and one tag. Empty: the total alone. */
  by: z.union([dimensionSchema, z.array(dimensionSchema).max(6)]).default(['day']),
  /** IANA zone of `from`, `to`, hours and days; default: `policy.timeZone`. */
  timeZone: z.string().refine(isTimeZone, 'an IANA time zone such as Europe/Berlin or UTC').optional(),
  /** Sender domains by name. */
  domains: names.optional(),
  recipientDomains: names.optional(),
  /** Templates and tasks by id; '' stands for mail without one. */
  templates: names.optional(),
  tasks: names.optional(),
  /** Mail of tasks and sender domains with this tag; a task that has the key speaks for its mail, not its domain (DIP-4). */
  tag: tagFilterSchema.optional(),
}

const page = {
  cursor: z.string().optional(),
  limit: z.int().min(1).max(10_000).default(1_000),
}

export const sendingSchema = z.strictObject({ ...question, ...page })
export type SendingInput = Readonly<z.input<typeof sendingSchema>>

export const trackingSchema = z.strictObject({
  ...question,
  ...page,
  /** Counts distinct people, too. It looks at each event, so it takes longer, and reaches back as far as events are kept (DLV-4). */
  users: z.boolean().default(false),
})
export type TrackingInput = Readonly<z.input<typeof trackingSchema>>

export const statisticsCsvSchema = z.strictObject({
  ...question,
  figures: z.enum(['sending', 'tracking']),
  users: z.boolean().default(false),
})
export type StatisticsCsvInput = Readonly<z.input<typeof statisticsCsvSchema>>

/** What all of them ask. */
export type StatisticsQuestion = Omit<z.output<typeof trackingSchema>, 'cursor' | 'limit'>
