import { BYTE_ORDER_MARK, type CsvCell, csvLine } from '../../domain/csv/index.js'
import type { Context } from '../context.js'
import type { PageOf } from '../page-input.js'
import { parseInput } from '../parse-input.js'
import { type DeliveriesCsvInput, deliveriesCsvSchema, type EventQuestion } from './deliveries-input.js'
import {
  type BounceEvent,
  bounces,
  type ClickEvent,
  clicks,
  complaints,
  type DeliveryEvent,
  type EventList,
  eventList,
  opens,
  type UnsubscribeEvent,
  unsubscribes,
  type VisitEvent,
} from './event-list.js'
import { type MessageView, messageList } from './message-list.js'

/** Rows read at once: all that an export holds, however long it is. */
const ROWS = 500

interface Column<V> {
  readonly name: string
  readonly cell: (row: V) => CsvCell
}

/** The time stands in column C, in milliseconds, as the guide's formula wants it; the address first, so that the file can be imported as a group. */
const eventColumns: readonly Column<DeliveryEvent>[] = [
  { name: 'email', cell: ({ recipient }) => recipient },
  { name: 'domain', cell: ({ domain }) => domain },
  { name: 'at', cell: ({ at }) => at },
  { name: 'sentAt', cell: ({ sentAt }) => sentAt },
  { name: 'recipientDomain', cell: ({ recipientDomain }) => recipientDomain },
  { name: 'message', cell: ({ message }) => message },
  { name: 'template', cell: ({ template }) => template },
  { name: 'task', cell: ({ task }) => task },
]
const visitColumns: readonly Column<VisitEvent>[] = [
  ...eventColumns,
  { name: 'by', cell: ({ human }) => (human ? 'human' : 'machine') },
  { name: 'why', cell: ({ why }) => why },
  { name: 'userAgent', cell: ({ userAgent }) => userAgent },
]
const clickColumns: readonly Column<ClickEvent>[] = [...visitColumns, { name: 'link', cell: ({ link }) => link }]
const bounceColumns: readonly Column<BounceEvent>[] = [
  ...eventColumns,
  { name: 'hardness', cell: ({ hardness }) => hardness },
  { name: 'reason', cell: ({ reason }) => reason },
  { name: 'reply', cell: ({ reply }) => reply },
]
const unsubscribeColumns: readonly Column<UnsubscribeEvent>[] = [
  ...eventColumns,
  { name: 'via', cell: ({ via }) => via },
]

const messageColumns: readonly Column<MessageView>[] = [
  { name: 'email', cell: ({ recipient }) => recipient },
  { name: 'state', cell: ({ state }) => state },
  { name: 'acceptedAt', cell: ({ acceptedAt }) => acceptedAt },
  { name: 'lastAt', cell: ({ lastAt }) => lastAt },
  { name: 'attempts', cell: ({ attempts }) => attempts },
  { name: 'sendStatus', cell: ({ sendStatus }) => sendStatus },
  { name: 'deliverStatus', cell: ({ deliverStatus }) => deliverStatus },
  { name: 'message', cell: ({ id }) => id },
  { name: 'requestId', cell: ({ requestId }) => requestId },
  { name: 'task', cell: ({ task }) => task },
  { name: 'template', cell: ({ template }) => template },
  { name: 'lastReply', cell: ({ lastReply }) => lastReply },
]

/**
 * A list as CSV, line by line, the header first (DLV-3): UTF-8 with a byte order mark, times in UTC milliseconds, cells that no spreadsheet takes for
 * formulas. Reads a page at a time and only as fast as it is read from.
 * @throws INPUT_INVALID, ADDRESS_INVALID when the first line is asked for.
 */
export async function* deliveriesCsv(ctx: Context, account: string, input: DeliveriesCsvInput): AsyncGenerator<string> {
  const asked = parseInput(deliveriesCsvSchema, input)
  const events = <V>(list: EventList<V>, columns: readonly Column<V>[], question: EventQuestion) =>
    lines(columns, (cursor) => eventList(ctx, account, list, { ...question, limit: ROWS, cursor }))
  switch (asked.list) {
    case 'messages':
      return yield* lines(messageColumns, (cursor) => messageList(ctx, account, { ...asked, limit: ROWS, cursor }))
    case 'opens':
      return yield* events(opens(asked.machines), visitColumns, asked)
    case 'clicks':
      return yield* events(clicks(asked.machines), clickColumns, asked)
    case 'complaints':
      return yield* events(complaints, eventColumns, asked)
    case 'bounces':
      return yield* events(bounces, bounceColumns, asked)
    case 'unsubscribes':
      return yield* events(unsubscribes, unsubscribeColumns, asked)
    default:
      return asked satisfies never
  }
}

async function* lines<V>(
  columns: readonly Column<V>[],
  page: (cursor: string | undefined) => Promise<PageOf<V>>,
): AsyncGenerator<string> {
  let read = await page(undefined)
  yield `${BYTE_ORDER_MARK}${csvLine(columns.map(({ name }) => name))}`
  for (;;) {
    for (const row of read.items) yield csvLine(columns.map(({ cell }) => cell(row)))
    if (read.next === null) return
    read = await page(read.next)
  }
}
