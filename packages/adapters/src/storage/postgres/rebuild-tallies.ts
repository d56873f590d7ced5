import { COUNTERS, type Counter, FACT_COUNTERS, type Instant } from '@mailwright/core'
import { counterColumns, summed } from './counter-columns.js'
import { run } from './errors.js'
import { allWidths, keyOfSpan, spanKey, spanWidths } from './folding.js'
import { ANSWER_MS } from './from-pg.js'
import { type PgPool, pgClient } from './pg-client.js'
import { quotedSchema } from './schema.js'

export interface RebuildOptions {
  /** As of the storage. Default `mailwright`. */
  readonly schema?: string
  /** Mail sent in [from, to): whole quarters of an hour. */
  readonly from: Instant
  readonly to: Instant
}

/** Which events count in a counter beside the facts. */
const kindsOf: Readonly<Record<string, readonly string[]>> = {
  opens: ['open'],
  clicks: ['click'],
  machineOpens: ['machine-open'],
  machineClicks: ['machine-click'],
}
/** Counted of what no message stands behind, and so taken over. */
const isKept = (counter: Counter, index: number): boolean => index >= FACT_COUNTERS && kindsOf[counter] === undefined

const eachCounter = (text: (counter: Counter, index: number) => string): string => COUNTERS.map(text).join(', ')
const ofFacts = eachCounter((_, index) =>
  index < FACT_COUNTERS ? `nullif(count(*) filter (where facts & ${2 ** index} <> 0), 0)` : 'null::int8',
)
const ofEvents = eachCounter((counter) => {
  const kinds = kindsOf[counter]?.map((kind) => `'${kind}'`)
  return kinds === undefined ? 'null::int8' : `nullif(count(*) filter (where kind in (${kinds.join(', ')})), 0)`
})
const ofKept = eachCounter((counter, index) => (isKept(counter, index) ? (counterColumns[index] ?? '') : 'null::int8'))
const anyKept = COUNTERS.flatMap((counter, index) => (isKept(counter, index) ? [`${counterColumns[index]} <> 0`] : []))

const names = counterColumns.join(', ')
const summedAlike = counterColumns.map((name) => `sum(u.${name})::int8 as ${name}`).join(', ')
const dims = 'account, bucket, domain, recipient_domain, template, task'
const folded = `cube in ('sender', 'recipient')`
/** Is in no statistics (HOST-4). */
const simulated = 'simulator.mailwright.test'

/** Every dimension of every mail and event of the range, added up; then what the cubes make of it. */
const script = (s: string, from: Instant, to: Instant): string => {
  const range = `bucket >= ${from} and bucket < ${to}`
  const longest = Math.max(...spanWidths)
  const around = `bucket >= ${Math.floor(from / longest) * longest} and bucket < ${Math.ceil(to / longest) * longest}`
  return `
create temporary table mailwright_rebuilt on commit drop as
with mail as (
  select h.account, m.bucket, coalesce(d.name, h.sender_domain) as domain,
    split_part(coalesce(m.recipient_key, m.mailbox), '@', -1) as recipient_domain, h.template, h.task, m.facts
  from ${s}.message m join ${s}.message_head h on h.id = m.head
  left join ${s}.record d on d.kind = 'domain' and d.id = h.sender_domain
  where m.${range.replace(' and ', ' and m.')} and m.facts <> 0),
happened as (
  select account, sent_at as bucket, domain, recipient_domain, template, task, kind from ${s}.event
  where sent_at >= ${from} and sent_at < ${to}),
kept as (
  select ${dims}, ${names} from ${s}.tally where cube = 'recipient' and ${range}
  union all select ${dims}, ${names} from ${s}.tally_closed where cube = 'recipient' and ${range})
select ${dims}, ${summedAlike}
from (
  select ${dims}, ${ofFacts} from mail where recipient_domain <> '${simulated}' group by ${dims}
  union all select ${dims}, ${ofEvents} from happened where recipient_domain <> '${simulated}' group by ${dims}
  union all select ${dims}, ${ofKept} from kept where ${['false', ...anyKept].join(' or ')}
) u(${dims}, ${names}) group by ${dims};
delete from ${s}.tally where ${folded} and ${range};
delete from ${s}.tally_closed where ${folded} and ${range};
delete from ${s}.tally_span where ${folded} and bucket < ${to} and bucket + width > ${from};
insert into ${s}.tally_closed (cube, ${dims}, ${names})
select 'recipient', * from mailwright_rebuilt order by ${dims};
insert into ${s}.tally_closed (cube, ${dims}, ${names})
select 'sender', account, bucket, domain, '', template, task, ${summed} from mailwright_rebuilt
group by account, bucket, domain, template, task order by account, bucket, domain, template, task;
insert into ${s}.tally_span (${spanKey}, ${names})
select ${keyOfSpan}, ${summed} from ${s}.tally_closed cross join ${allWidths}
where ${folded} and ${around} group by 1, 2, 3, 4, 5, 6, 7, 8
having min(bucket - mod(bucket, w.width)) < ${to} and min(bucket - mod(bucket, w.width)) + w.width > ${from};
`
}

/**
 * Counts the cubes sender and recipient anew from the messages and events of the range, for operators: after rows were loaded past `apply`, or to
 * prove the tallies. What was counted of no message (refusals) is taken over. The range has to be within the retention of messages and events;
 * mail of erased people counts at the recipient domain of their tombstone, mail of a deleted domain at the domain's id.
 * Flushes wait until it is over, so do a running service's ranges day by day; each is one transaction.
 */
export const rebuildTallies = (pool: PgPool, { schema = 'mailwright', from, to }: RebuildOptions): Promise<void> => {
  const s = quotedSchema(schema)
  const client = pgClient({ pool, prepare: false, answerMs: ANSWER_MS, close: async () => undefined })
  return run('rebuildTallies', () =>
    client.transaction(async (session) => {
      await session.script(`
        set local enable_seqscan = on; set local enable_hashjoin = on; set local enable_mergejoin = on;
        set local plan_cache_mode = auto; set local jit = off; set local work_mem = '64MB';
        lock table ${s}.tally, ${s}.tally_closed, ${s}.tally_span in share row exclusive mode`)
      await session.script(script(s, Math.max(1, Math.floor(from)), Math.floor(to)))
    }, 'patient'),
  )
}
