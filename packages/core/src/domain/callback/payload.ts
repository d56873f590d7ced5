import type { Instant } from '../../ports/clock.js'
import type { JsonObject } from '../../ports/rows.js'
import { type CallbackEvent, EVENT_IDS, type EventDetail } from './event-kinds.js'

/** Whose names and ids a body has. */
export type Compat = 'none' | 'tencent'

/** Everything a callback can tell of one event. '' and null: not known, or not any more. */
export interface EventFacts {
  readonly event: CallbackEvent
  readonly at: Instant
  readonly detail: EventDetail
  readonly account: string
  readonly message: string
  readonly email: string
  /** The sender's address without its name. */
  readonly from: string | null
  readonly fromDomain: string
  /** What `send` or the task's run answered with: the request or run the mail belongs to. */
  readonly origin: string
  readonly template: string
  readonly task: string
  readonly subject: string | null
  /** Without angle brackets. */
  readonly messageId: string
  readonly sentAt: Instant
  /** The value of the caller's own header, see CUSTOM_HEADERS. */
  readonly custom: string | null
}

/** The header of a send that is given back in its callbacks; under `compat` also by its original name. */
export const CUSTOM_HEADERS: Readonly<Record<Compat, string>> = {
  none: 'X-Mailwright-Cb-Custom',
  tencent: 'X-Tencentcloudses-Cb-Custom',
}

/** The caller's own value among the headers of a send; either name does. */
export const customHeaders = (
  headers: readonly (readonly [string, string])[],
): readonly (readonly [string, string])[] => {
  const wanted = Object.values(CUSTOM_HEADERS).map((name) => name.toLowerCase())
  return headers.filter(([name]) => wanted.includes(name.toLowerCase()))
}

const seconds = (at: Instant): number => Math.floor(at / 1_000)

/**
 * An id as the number that `compat` tells in its place: that of its last 13 hexadecimal digits, which in our ids are random. Stable, below 2^53.
 */
export const numericId = (id: string): number => Number.parseInt(id.replace(/[^\da-f]/gi, '').slice(-13) || '0', 16)

/** The body of a callback (CBK-3): the fields of the original service, times in seconds. What is not known is left out. */
export function callbackBody(facts: EventFacts, compat: Compat): JsonObject {
  const id = (text: string) => (compat === 'tencent' ? numericId(text) : text)
  const { event, detail, from, template, task, subject, custom } = facts
  return {
    event,
    eventid: EVENT_IDS[event],
    email: facts.email,
    ...(detail.link === undefined ? {} : { link: detail.link }),
    bulkId: facts.origin,
    timestamp: seconds(facts.at),
    ...(detail.reason === undefined ? {} : { reason: detail.reason }),
    ...(detail.bounceType === undefined ? {} : { bounceType: detail.bounceType }),
    username: facts.account,
    ...(from === null ? {} : { from }),
    fromDomain: facts.fromDomain,
    ...(template === '' ? {} : { templateId: id(template) }),
    ...(detail.useragent === undefined ? {} : { useragent: detail.useragent }),
    ...(detail.machine === undefined ? {} : { machine: detail.machine }),
    ...(subject === null ? {} : { subject }),
    messageId: facts.messageId,
    sentTimestamp: seconds(facts.sentAt),
    ...(task === '' ? {} : { taskId: id(task) }),
    ...(compat === 'tencent' ? {} : { message: facts.message }),
    ...(custom === null ? {} : { [CUSTOM_HEADERS[compat]]: custom }),
  }
}
