import { weekOf } from '../message-recipient.js'
import type { Migration } from './migration.js'

/** Of `event e` or without a name before the columns: what the index below is made of. */
export const recipientDomainHash = (account: string, kind: string, recipientDomain: string): string =>
  `hashtextextended(${recipientDomain}, hashtextextended(${kind}, hashtextextended(${account}, 0)))`

/**
 * What grew with the number of stored mails (docs/decisions/0032-growth.md). Pages of a recipient domain with few events walked all events of the account; the
 * key left out of the index by time pays for the new one. Each new mail touched a page of its own of the index of recipients, whole in the log after
 * each checkpoint. `if not exists`: whoever has many rows makes them beforehand with `create index concurrently`, so that nobody waits.
 */
export const growth: Migration = {
  version: 3,
  name: 'growth',
  sql: (s) => `
create index if not exists event_by_instant on ${s}.event (account, kind, at);
create index if not exists event_by_recipient_domain on ${s}.event
  (${recipientDomainHash('account', 'kind', 'recipient_domain')}, at);
drop index if exists ${s}.event_by_time;
create index if not exists message_by_week on ${s}.message
  (${weekOf('bucket')}, hashtextextended(coalesce(recipient_key, mailbox), 0));
drop index if exists ${s}.message_by_recipient;
analyze ${s}.event, ${s}.message;
`,
}
