import { COUNTERS, type Counter } from '@mailwright/core'
import type pg from 'pg'

/**
 * Half a year's habits of one busy account, pressed into ninety days: three fifths are batches, each within half an hour, the others trigger mail of
 * 24 kinds around the clock. Three quarters of the recipients are at ten domains, the others at six thousand. Written in bulk past `apply`;
 * deterministic, so that two runs ask about the same mail.
 */
export const days = 90
export const day = 86_400_000
export const start = 20_000 * day
export const account = 'default'
export const domains = ['mail.shop.example', 'news.shop.example', 'notify.shop.example'] as const
export const bigDomains = 10
export const tailDomains = 6_000

const bit = (...counters: readonly Counter[]): number =>
  counters.reduce((sum, counter) => sum + 2 ** COUNTERS.indexOf(counter), 0)

/** A number below `below` that depends on `of` alone. */
const draw = (of: string, seed: number, below: number): string =>
  `(((hashint8extended(${of}, ${seed}) % ${below}) + ${below}) % ${below})`

const id = (n: string): string => `decode(lpad(to_hex(${n}), 32, '0'), 'hex')`

/** First mail of each flush, what its mails share, and how many they are. */
const heads = (s: string, mails: number): string => {
  const flush = Math.min(250, Math.round((mails * 0.6) / days))
  const batch = Math.max(1, Math.round((mails * 0.6) / days / flush))
  const trigger = Math.max(1, Math.round((mails * 0.4) / days / 10))
  return `
create unlogged table ${s}.bench_head as
select nextval('${s}.message_head_id') as id, sum(size) over w - size as first, h.* from (
  select ${flush} as size, d, 'task-' || d || '-' || n * 5 / ${batch} as task, (n * 5 / ${batch}) % 3 as sender, n * 5 / ${batch} % 8 as template,
    ${start} + d * ${day}::int8 + (8 + 2 * (n * 5 / ${batch})) * 3600000 + ${draw(`d * 100000 + n`, 1, 2)} * 900000 as bucket
  from generate_series(0, ${days - 1}) d, generate_series(0, ${batch - 1}) n
  union all
  select 10, d, '', ${draw('d * 1000000 + n', 2, 3)}, 8 + ${draw('d * 1000000 + n', 3, 8)},
    ${start} + d * ${day}::int8 + n * 96 / ${trigger} * 900000
  from generate_series(0, ${days - 1}) d, generate_series(0, ${trigger - 1}) n) h
window w as (order by d, bucket, task, sender, template rows unbounded preceding);
insert into ${s}.message_head (id, account, task, origin, lane, sender_domain, template, accepted_at, id_from, id_to)
select id, '${account}', convert_to(task, 'UTF8'), convert_to('run-' || id, 'UTF8'), 'other', 'domain-' || sender,
  convert_to('template-' || template, 'UTF8'), bucket, ${id('first')}, ${id('first + size - 1')} from ${s}.bench_head;
insert into ${s}.record (id, kind, account, version, parent, name, state, created_at, data) values
  ${domains.map((name, at) => `('domain-${at}', 'domain', '${account}', 1, '', '${name}', 'verified', 0, '{}')`).join(', ')};`
}

const settled = bit('accepted', 'handedOver')
const chance = draw('n', 5, 1000)
const messages = (s: string, mails: number): string => `
insert into ${s}.message (id, head, last_at, bucket, seq, facts, attempt, mailbox, recipient_key, last_reply)
select ${id('n')}, h.id, h.bucket, h.bucket, n - h.first, f.facts, 1, 'user' || p || '@' || case when p % 4 < 3
    then 'big' || p % ${bigDomains} else 'tail' || p * 31 % ${tailDomains} end || '.example', null, '250 2.0.0 Ok: queued as 4ABCDEFGHIJKL'
from ${s}.bench_head h cross join lateral generate_series(h.first, h.first + h.size - 1) n
cross join lateral (select ${draw('n', 4, Math.max(100, Math.round(mails / 60)))} as p) person
cross join lateral (select case
  when ${chance} < 20 then ${settled + bit('bouncedHard', 'invalid')}
  when ${chance} < 40 then ${settled + bit('bouncedSoft')}
  else ${settled + bit('delivered')}
    + case when ${chance} < 60 then ${bit('deferred')} else 0 end
    + case when ${chance} < 150 then ${bit('opened', 'humanOpened', 'clicked')}
      when ${chance} < 400 then ${bit('opened', 'humanOpened')} when ${chance} < 600 then ${bit('opened')} else 0 end
    + case when ${chance} in (60, 61) then ${bit('unsubscribed')} when ${chance} = 62 then ${bit('complained')} else 0 end
  end as facts) f;`

const has = (...counters: readonly Counter[]): string => `facts & ${bit(...counters)} <> 0`
const events = (s: string): string => `
insert into ${s}.event (key, message, account, kind, at, detail, sent_at, domain, recipient_domain, template, task, person)
select encode(m.id, 'hex') || e.kind || e.n, m.id, '${account}', e.kind,
  m.bucket + abs(hashtextextended(e.kind || e.n, m.seq)) % 900000 * (e.n + 1) * 100, '{"userAgent":"Mozilla/5.0"}', m.bucket,
  (array[${domains.map((name) => `'${name}'`).join(', ')}])[1 + right(h.sender_domain, 1)::int],
  split_part(m.mailbox, '@', 2), h.template, h.task, m.mailbox
from ${s}.message m join ${s}.message_head h on h.id = m.head cross join lateral (
  select 'open' as kind, n from generate_series(1, 1 + m.seq % 3) n where ${has('humanOpened')}
  union all select 'machine-open', 1 where ${has('opened')} and not ${has('humanOpened')}
  union all select 'click', n from generate_series(1, 1 + m.seq % 2) n where ${has('clicked')}
  union all select 'bounced', 1 where ${has('bouncedHard', 'bouncedSoft')}
  union all select 'delivered', 1 where ${has('deferred')}
  union all select 'complaint', 1 where ${has('complained')}) e;`

export async function load(client: pg.ClientBase, s: string, mails: number): Promise<void> {
  for (const text of [heads(s, mails), messages(s, mails), events(s)]) await client.query(text)
  await client.query(`drop table ${s}.bench_head`)
}

/** As four workers leave it before anything is folded: a cell of several mails has up to four rows. The first has the counts, which is as much to read. */
export async function spreadOverShards(pool: pg.Pool, s: string): Promise<void> {
  const names = COUNTERS.map((name) => `"${name}"`).join(', ')
  const key = 'cube, account, bucket, domain, recipient_domain, template, task'
  await pool.query(
    `insert into ${s}.tally (shard, ${key}, ${names}) select 0, ${key}, ${names} from ${s}.tally_closed order by ${key}`,
  )
  await pool.query(`insert into ${s}.tally (shard, ${key}) select n, ${key} from ${s}.tally_closed
    cross join lateral generate_series(1, least(3, "accepted" - 1)) n order by ${key}`)
  await pool.query(`truncate ${s}.tally_closed, ${s}.tally_span`)
}
