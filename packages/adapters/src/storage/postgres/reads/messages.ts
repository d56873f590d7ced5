import type { MessageRow, StorageReads } from '@mailwright/core'
import type { SqlSession } from '../client.js'
import { bytesArray, toBytes } from '../text.js'
import { type EventSqlRow, eventColumns, toEvent } from './event-row.js'
import { messagesPage } from './message-pages.js'
import { type MessageSqlRow, messageColumns, toMessage } from './message-row.js'

type MessageReads = Pick<StorageReads, 'messages' | 'messagesPage' | 'events'>

export const messageReads = (session: SqlSession, s: string): MessageReads => ({
  messages: async (ids): Promise<readonly MessageRow[]> => {
    if (ids.length === 0) return []
    const rows = await session.query<MessageSqlRow>(
      `select ${messageColumns} from ${s}.message m join ${s}.message_head h on h.id = m.head where m.id = any($1::bytea[])`,
      [bytesArray([...new Set(ids)].map(toBytes))],
    )
    return rows.map(toMessage)
  },
  messagesPage: (filter) => messagesPage(session, s, filter),
  events: async (message) => {
    const rows = await session.query<EventSqlRow>(
      `select ${eventColumns} from ${s}.event e where message = $1::bytea order by at, key`,
      [toBytes(message)],
    )
    return rows.map(toEvent)
  },
})
