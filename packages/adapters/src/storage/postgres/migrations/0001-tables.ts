import { counterColumns } from '../counter-columns.js'
import { cellKey, spanKey } from '../folding.js'
import type { Migration } from './migration.js'

const counters = counterColumns.map((name) => `${name} int8`).join(', ')
const cells = `
  cube text collate "C" not null,
  account text collate "C" not null,
  bucket int8 not null,
  domain text collate "C" not null,
  recipient_domain text collate "C" not null,
  template bytea not null,
  task bytea not null,
  ${counters}`

/** The layout and the numbers behind it: docs/decisions/0001-storage-layout.md. Every ordered text is compared bytewise. */
export const tables: Migration = {
  version: 1,
  name: 'tables',
  sql: (s) => `
create table ${s}.record (
  id text collate "C" primary key,
  kind text collate "C" not null,
  account text collate "C" not null,
  version int4 not null,
  parent text collate "C" not null,
  name text collate "C" not null,
  state text collate "C" not null,
  created_at int8 not null,
  data text not null
);
create index record_by_account on ${s}.record (kind, account, created_at, id);
create index record_by_creation on ${s}.record (kind, created_at, id);
create index record_by_parent on ${s}.record (kind, parent, created_at, id) where parent <> '';
create index record_by_name on ${s}.record (kind, name, created_at, id) where name <> '';
create index record_by_state on ${s}.record (kind, state, created_at, id);

create table ${s}.record_key (
  scope text collate "C" not null,
  key text collate "C" not null,
  record text collate "C" not null,
  primary key (scope, key)
);
create index record_key_by_record on ${s}.record_key (record);

create table ${s}.hold (
  ref text collate "C" not null,
  holder text collate "C" not null,
  ordinal int8 generated always as identity,
  primary key (ref, holder)
);
create index hold_by_holder on ${s}.hold (holder);

create table ${s}.slot (key text collate "C" primary key, taken int8 not null) with (fillfactor = 70);

create table ${s}.window_hit (
  key text collate "C" primary key,
  hits text not null,
  until int8 not null
) with (fillfactor = 70);
create index window_hit_by_end on ${s}.window_hit (until);

create table ${s}.once (
  account text collate "C" not null,
  key text collate "C" not null,
  body_hash text not null,
  until int8 not null,
  answer text not null,
  primary key (account, key)
);
create index once_by_end on ${s}.once (until);

create table ${s}.quota (
  scope text collate "C" not null,
  day text collate "C" not null,
  granted int8 not null,
  ceiling int8 not null,
  blocked bool not null,
  primary key (scope, day)
) with (fillfactor = 50);

create table ${s}.epoch (key text collate "C" primary key, count int8 not null) with (fillfactor = 50);

create table ${s}.work (
  id bytea primary key,
  kind text collate "C" not null,
  key text collate "C" not null,
  account text collate "C" not null,
  parent text collate "C" not null,
  lane text collate "C" not null,
  rank float8 not null,
  due_at int8 not null,
  ready bool not null,
  token text,
  lease_until int8,
  started_through int8 not null,
  attempt int4 not null,
  rung_at int8,
  ref text not null,
  unique (kind, key)
) with (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
create index work_ready on ${s}.work (kind, rank, due_at, id) where ready;
create index work_later on ${s}.work (kind, due_at) where not ready;
create index work_later_by_rank on ${s}.work (kind, rank) where not ready;
create index work_by_rank on ${s}.work (kind, account, rank);
create index work_by_parent on ${s}.work (kind, parent) where parent <> '';

create table ${s}.recipient (
  list text collate "C" not null,
  generation int8 not null,
  lane text collate "C" not null,
  seq int4 not null,
  mailbox text collate "C" not null,
  key text collate "C",
  field_values text not null,
  primary key (list, generation, lane, seq)
);
create index recipient_by_key on ${s}.recipient
  (hashtextextended(coalesce(key, mailbox), hashtextextended(list, generation)));

create sequence ${s}.message_head_id;
create table ${s}.message_head (
  id int8 primary key,
  account text collate "C" not null,
  task bytea not null,
  origin bytea not null,
  lane text not null,
  sender_domain text not null,
  template bytea not null,
  accepted_at int8 not null,
  id_from bytea not null,
  id_to bytea not null
);
create index message_head_by_account on ${s}.message_head (account, accepted_at, id_to);
create index message_head_by_task on ${s}.message_head (task, accepted_at, id_to) where task <> '';
create index message_head_by_age on ${s}.message_head (accepted_at, id);
create index message_head_by_origin on ${s}.message_head (origin, accepted_at, id_to);

create table ${s}.message (
  id bytea primary key,
  head int8 not null,
  last_at int8 not null,
  bucket int8 not null,
  seq int4 not null,
  facts int4 not null,
  attempt int4 not null,
  mailbox text collate "C" not null,
  recipient_key text collate "C",
  last_reply text not null
) with (fillfactor = 90);
create index message_by_recipient on ${s}.message (hashtextextended(coalesce(recipient_key, mailbox), 0));

create table ${s}.event (
  key text collate "C" primary key,
  message bytea not null,
  account text collate "C" not null,
  kind text collate "C" not null,
  at int8 not null,
  detail text not null,
  sent_at int8 not null,
  domain text collate "C" not null,
  recipient_domain text collate "C" not null,
  template bytea not null,
  task bytea not null,
  person text collate "C" not null
);
create index event_by_message on ${s}.event (message);
create index event_by_time on ${s}.event (account, kind, at, key);
create index event_by_sending on ${s}.event (account, kind, sent_at);
create index event_by_age on ${s}.event (at);

create table ${s}.block (
  account text collate "C" not null,
  kind text collate "C" not null,
  key text collate "C" not null,
  scope text collate "C" not null,
  starts_at int8 not null,
  ends_at int8,
  reason text not null,
  created_at int8 not null,
  primary key (account, kind, key, scope)
);
create index block_by_key on ${s}.block using hash (key);

create table ${s}.tally (
  shard int2 not null,${cells},
  primary key (${cellKey}, shard)
) with (fillfactor = 50);
create index tally_by_age on ${s}.tally (cube, bucket);
create index tally_by_run on ${s}.tally (account, task) where cube = 'run';

create table ${s}.tally_closed (${cells},
  primary key (${cellKey})
);
create index tally_closed_by_age on ${s}.tally_closed (cube, bucket);
create index tally_closed_by_recipient on ${s}.tally_closed (account, recipient_domain, bucket) where cube = 'recipient';
create index tally_closed_by_template on ${s}.tally_closed (account, template, bucket) where cube = 'recipient';
create index tally_closed_by_task on ${s}.tally_closed (account, task, bucket) where cube = 'recipient' and task <> '';

create table ${s}.tally_span (
  width int8 not null,${cells},
  primary key (${spanKey})
) with (fillfactor = 70);

create table ${s}.tally_floor (cube text collate "C" primary key, bucket int8 not null);
`,
}
