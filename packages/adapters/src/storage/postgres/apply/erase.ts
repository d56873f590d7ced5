import type { Change } from '@mailwright/core'
import type { SqlSession } from '../client.js'
import { isOfRecipient } from '../message-recipient.js'
import { bytesArray, toBytes, toText } from '../text.js'

type Erase = Extract<Change, { type: 'erase' }>

/** Messages first, as settle locks them; then whatever events they have by then. Answers how many messages were the person's. */
export const eraseMessages = async (
  session: SqlSession,
  s: string,
  { account, recipientKey, tombstone, acceptedBefore }: Erase,
): Promise<number> => {
  const rows = await session.query<{ id: string }>(
    `update ${s}.message set mailbox = $3::text, recipient_key = null, last_reply = '' where id = any(array(
       select m.id from ${s}.message m join ${s}.message_head h on h.id = m.head
       where ${isOfRecipient(s, '$2::text')} and h.account = $1::text
         and ($4::int8 is null or h.accepted_at < $4::int8)
       order by m.id for update of m)) returning id`,
    [toText(account), toText(recipientKey), toText(tombstone), acceptedBefore ?? null],
  )
  if (rows.length > 0)
    await session.query(`update ${s}.event set person = $2::text, detail = '{}' where message = any($1::bytea[])`, [
      bytesArray(rows.map(({ id }) => toBytes(id))),
      toText(tombstone),
    ])
  return rows.length
}
