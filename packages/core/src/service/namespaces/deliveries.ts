import type { Context } from '../../use-cases/context.js'
import { deliveriesCsv } from '../../use-cases/deliveries/deliveries-csv.js'
import {
  type DeliveriesCsvInput,
  type EventsInput,
  eventsSchema,
  type MessagesInput,
  messageSchema,
  messagesSchema,
  type VisitsInput,
  visitsSchema,
} from '../../use-cases/deliveries/deliveries-input.js'
import {
  type BounceEvent,
  bounces,
  type ClickEvent,
  clicks,
  complaints,
  type DeliveryEvent,
  eventList,
  opens,
  type UnsubscribeEvent,
  unsubscribes,
  type VisitEvent,
} from '../../use-cases/deliveries/event-list.js'
import { liveStatus } from '../../use-cases/deliveries/live-status.js'
import { type MessageView, messageList } from '../../use-cases/deliveries/message-list.js'
import {
  type QueueStatus,
  type QueueStatusInput,
  queueStatus,
  queueStatusSchema,
} from '../../use-cases/deliveries/queue-status.js'
import { type TimelineEntry, timelineOf } from '../../use-cases/deliveries/timeline.js'
import type { PageOf } from '../../use-cases/page-input.js'
import { parseInput } from '../../use-cases/parse-input.js'

export interface DeliveriesNamespace {
  /** The real-time queue (DLV-1): what happened minute by minute, and what is queued now. */
  queueStatus(input?: QueueStatusInput): Promise<QueueStatus>
  /** The same, now and within two seconds of each change of any process, until the signal or the end of the service. Reads only as fast as it is read. */
  live(input?: QueueStatusInput, options?: { readonly signal?: AbortSignal }): AsyncIterable<QueueStatus>
  /** Mail by date and recipient, newest first. A row of a batch appears when it has been taken up; until then it counts in `queueStatus`. */
  messages(input?: MessagesInput): Promise<PageOf<MessageView>>
  /** Everything that happened to one mail, oldest first, with the raw replies. */
  timeline(message: string): Promise<readonly TimelineEntry[]>
  /** What came back, newest first (DLV-3). */
  opens(input?: VisitsInput): Promise<PageOf<VisitEvent>>
  clicks(input?: VisitsInput): Promise<PageOf<ClickEvent>>
  complaints(input?: EventsInput): Promise<PageOf<DeliveryEvent>>
  bounces(input?: EventsInput): Promise<PageOf<BounceEvent>>
  unsubscribes(input?: EventsInput): Promise<PageOf<UnsubscribeEvent>>
  /** Any of these lists as CSV, line by line. */
  exportCsv(input: DeliveriesCsvInput): AsyncIterable<string>
}

export function deliveriesOf(ctx: Context, account: string): DeliveriesNamespace {
  return {
    queueStatus: async (input = {}) => queueStatus(ctx, account, parseInput(queueStatusSchema, input)),
    live: (input = {}, options) => liveStatus(ctx, account, input, options?.signal),
    messages: async (input = {}) => messageList(ctx, account, parseInput(messagesSchema, input)),
    timeline: async (message) => timelineOf(ctx, account, parseInput(messageSchema, message)),
    async opens(input = {}) {
      const { machines, ...asked } = parseInput(visitsSchema, input)
      return eventList(ctx, account, opens(machines), asked)
    },
    async clicks(input = {}) {
      const { machines, ...asked } = parseInput(visitsSchema, input)
      return eventList(ctx, account, clicks(machines), asked)
    },
    complaints: async (input = {}) => eventList(ctx, account, complaints, parseInput(eventsSchema, input)),
    bounces: async (input = {}) => eventList(ctx, account, bounces, parseInput(eventsSchema, input)),
    unsubscribes: async (input = {}) => eventList(ctx, account, unsubscribes, parseInput(eventsSchema, input)),
    exportCsv: (input) => deliveriesCsv(ctx, account, input),
  }
}
