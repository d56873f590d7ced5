import { z } from 'zod'
import { count, id, instant, jsonObject, list, name } from './common.js'

export const messageState = z.enum([
  'accepted',
  'deferred',
  'unknown',
  'delivered',
  'bounced',
  'dropped',
  'failed',
  'cancelled',
  'expired',
])

export const messageView = name(
  'Message',
  z.strictObject({
    id,
    recipient: z.string(),
    state: messageState,
    task: id.nullable(),
    requestId: id.nullable(),
    template: id.nullable(),
    acceptedAt: instant,
    lastAt: instant,
    attempts: count,
    lastReply: z.string(),
    opened: z.boolean(),
    clicked: z.boolean(),
    unsubscribed: z.boolean(),
    complained: z.boolean(),
    sendStatus: z.int().describe('The original service’s figure.'),
    deliverStatus: z.int().describe('The original service’s figure.'),
  }),
)

export const timelineEntry = name(
  'TimelineEntry',
  z.strictObject({ at: instant, kind: z.string(), detail: jsonObject }),
)

const event = {
  message: id,
  at: instant,
  sentAt: instant,
  recipient: z.string(),
  domain: z.string(),
  recipientDomain: z.string(),
  template: id.nullable(),
  task: id.nullable(),
}
const visit = { ...event, human: z.boolean(), why: z.string().nullable(), userAgent: z.string() }

export const deliveryEvent = name('DeliveryEvent', z.strictObject(event))
export const visitEvent = name('VisitEvent', z.strictObject(visit))
export const clickEvent = name('ClickEvent', z.strictObject({ ...visit, link: z.string() }))
export const bounceEvent = name(
  'BounceEvent',
  z.strictObject({ ...event, hardness: z.enum(['hard', 'soft']), reason: z.string(), reply: z.string() }),
)
export const unsubscribeEvent = name('UnsubscribeEvent', z.strictObject({ ...event, via: z.string() }))

export const queueStatus = name(
  'QueueStatus',
  z.strictObject({
    series: list(
      z.strictObject({
        at: instant,
        sent: count,
        delivered: count,
        deferred: count,
        bounced: count,
        rejected: count,
      }),
    ),
    queued: z.strictObject({
      total: count,
      byDomain: list(z.strictObject({ domain: z.string(), count })),
      byRecipientDomain: list(z.strictObject({ recipientDomain: z.string(), count })),
      others: count,
    }),
  }),
)
