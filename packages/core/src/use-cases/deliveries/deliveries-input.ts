import { z } from 'zod'
import { momentSchema } from '../moment-input.js'
import { pageSchema } from '../page-input.js'

const names = z.array(z.string().max(320)).min(1).max(1_000)

/** A message by its id. */
export const messageSchema = z.string()

const messageFilter = {
  recipient: z.string().max(1_000).optional(),
  task: z.string().optional(),
  /** Accepted at or after, and before, these. Without an offset they are times of `policy.timeZone`. */
  from: momentSchema.optional(),
  to: momentSchema.optional(),
}

export const messagesSchema = z.strictObject({ ...pageSchema.shape, ...messageFilter })
export type MessagesInput = Readonly<z.input<typeof messagesSchema>>

const eventFilter = {
  /** Sender domains by name. */
  domains: names.optional(),
  recipientDomains: names.optional(),
  recipient: z.string().max(1_000).optional(),
  /** Happened at or after, and before, these. Without an offset they are times of `policy.timeZone`. */
  from: momentSchema.optional(),
  to: momentSchema.optional(),
  /** Of mail sent at or after, and before, these, in whole quarters of an hour. */
  sentFrom: momentSchema.optional(),
  sentTo: momentSchema.optional(),
}
const eventFilterSchema = z.strictObject(eventFilter)
export type EventQuestion = z.output<typeof eventFilterSchema>

/** Of complaints, bounces and unsubscribes. */
export const eventsSchema = z.strictObject({ ...pageSchema.shape, ...eventFilter })
export type EventsInput = Readonly<z.input<typeof eventsSchema>>

/** Of opens and clicks. */
export const visitsSchema = z.strictObject({
  ...pageSchema.shape,
  ...eventFilter,
  /** Those of prefetchers and scanners, too; they are marked (TRK-3). */
  machines: z.boolean().default(false),
})
export type VisitsInput = Readonly<z.input<typeof visitsSchema>>

const eventList = <const N extends string>(list: N) => z.strictObject({ list: z.literal(list), ...eventFilter })
const visitList = <const N extends string>(list: N) =>
  z.strictObject({ list: z.literal(list), ...eventFilter, machines: z.boolean().default(false) })

/** A whole list as a file. */
export const deliveriesCsvSchema = z.discriminatedUnion('list', [
  z.strictObject({ list: z.literal('messages'), ...messageFilter }),
  visitList('opens'),
  visitList('clicks'),
  eventList('complaints'),
  eventList('bounces'),
  eventList('unsubscribes'),
])
export type DeliveriesCsvInput = Readonly<z.input<typeof deliveriesCsvSchema>>
