import type { MessageRow, StorageReads } from '@mailwright/core'
import type { SqlClient } from '../client.js'
import { bytesArray, toBytes } from '../text.js'
import { type EventSqlRow, eventColumns, toEvent } from './event-row.js'
import { messagesPage } from './message-pages.js'
import { type MessageSqlRow, messageColumns, toMessage } from './message-row.js'
import { oneByOne } from './one-by-one.js'

type MessageReads = Pick<StorageReads, 'messages' | 'messagesPage' | 'events'>

export const messageReads = (client: SqlClient, s: string): MessageReads => ({
  messages: async (ids): Promise<readonly MessageRow[]> => {
    if (ids.length === 0) return []
    // In a transaction for how that plans its statements (see pg-client.ts): migration 3 has told the planner that there is no mail.
    const rows = await client.transaction((session) =>
      session.query<MessageSqlRow>(
        `select ${messageColumns} from unnest($1::bytea[]) as k(wanted)
           cross join lateral (select * from ${s}.message where id = k.wanted ${oneByOne}) m
           cross join lateral (select * from ${s}.message_head where id = m.head ${oneByOne}) h`,
        [bytesArray([...new Set(ids)].map(toBytes))],
      ),
    )
    return rows.map(toMessage)
  },
  messagesPage: (filter) => messagesPage(client, s, filter),
  events: async (message) => {
    const rows = await client.query<EventSqlRow>(
      `select ${eventColumns} from ${s}.event e where message = $1::bytea order by at, key`,
      [toBytes(message)],
    )
    return rows.map(toEvent)
  },
})
