import type { EventRow } from '@mailwright/core'
import { storedObject } from '../stored-json.js'

export type EventSqlRow = Omit<EventRow, 'detail' | 'sentAt' | 'recipientDomain'> & {
  readonly detail: string
  readonly sent_at: number
  readonly recipient_domain: string
}

/** An event whose detail is damaged has happened all the same. */
const detailOf = (text: string): EventRow['detail'] => {
  const { value, damage } = storedObject(text)
  return damage === undefined ? value : { damage }
}

/** Of `event e`. */
export const eventColumns =
  'e.key, e.message, e.account, e.kind, e.at, e.detail, e.sent_at, e.domain, e.recipient_domain, e.template, e.task, e.person'

export const toEvent = ({
  sent_at: sentAt,
  recipient_domain: recipientDomain,
  detail,
  ...row
}: EventSqlRow): EventRow => ({ ...row, sentAt, recipientDomain, detail: detailOf(detail) })
