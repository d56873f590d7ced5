import type { MessageRow, StorageReads } from '@mailwright/core'
import type { SqlSession } from '../client.js'
import { bytesArray, toBytes } from '../text.js'
import { type EventSqlRow, eventColumns, toEvent } from './event-row.js'
import { messagesPage } from './message-pages.js'
import { type MessageSqlRow, messageColumns, toMessage } from './message-row.js'
import { oneByOne } from './one-by-one.js'

type MessageReads = Pick<StorageReads, 'messages' | 'messagesPage' | 'events'>

export const messageReads = (session: SqlSession, s: string): MessageReads => ({
  messages: async (ids): Promise<readonly MessageRow[]> => {
    if (ids.length === 0) return []
    const rows = await session.query<MessageSqlRow>(
      `select ${messageColumns} from unnest($1::bytea[]) as k(wanted)
         cross join lateral (select * from ${s}.message where id = k.wanted ${oneByOne}) m
         cross join lateral (select * from ${s}.message_head where id = m.head ${oneByOne}) h`,
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
