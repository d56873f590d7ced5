import { COUNTERS, type Counter, type Storage, type Tally, type TallyFilter } from '@mailwright/core'
import type pg from 'pg'

const compared: readonly Counter[] = [...COUNTERS.slice(0, 19), 'opens', 'clicks']
const shown = (counts: Readonly<Record<string, number>>): string =>
  compared.map((name) => Number(counts[name] ?? 0)).join(' ')

/** What a full scan of messages and events answers; shares nothing with the adapter but the tables. */
export const scanned = async (
  pool: pg.Pool,
  schema: string,
  { by = [], from, to, edges, ...filter }: TallyFilter,
): Promise<readonly string[]> => {
  const facts = COUNTERS.slice(0, 19).map((name, at) => `count(*) filter (where facts & ${2 ** at} <> 0) as "${name}"`)
  const raw = { opens: 'open', clicks: 'click' } as const
  const params: unknown[] = [from, to, edges ?? []]
  const among = (column: string, list: readonly string[] | undefined): string =>
    list === undefined ? '' : `and ${column} = any($${params.push(list)}::text[])`
  const where = [
    among('domain', filter.domains),
    among('rd', filter.recipientDomains),
    among(`convert_from(template, 'UTF8')`, filter.templates),
    among(`convert_from(task, 'UTF8')`, filter.tasks),
  ].join(' ')
  const columns = {
    bucket: 'coalesce((select max(edge) from edges where edge <= bucket), (select min(edge) from edges))',
    domain: 'domain',
    recipientDomain: 'rd',
    template: `convert_from(template, 'UTF8')`,
    task: `convert_from(task, 'UTF8')`,
  }
  const key = by.map((one) => `${columns[one]}::text`).join(` || '|' || `) || `''::text`
  const { rows } = await pool.query(
    `with edges as (select unnest($3::int8[]) as edge), mail as (
       select m.bucket, split_part(m.mailbox, '@', 2) as rd, d.name as domain, h.template, h.task, m.facts
       from ${schema}.message m join ${schema}.message_head h on h.id = m.head join ${schema}.record d on d.id = h.sender_domain),
     happened as (select sent_at as bucket, recipient_domain as rd, domain, template, task, kind from ${schema}.event)
     select key, json_object_agg(name, n) as counts from (
       select key, name, n from (
         select ${key} as key, ${facts.join(', ')} from mail where bucket >= $1 and bucket < $2 ${where} group by 1) f
       cross join lateral (values ${COUNTERS.slice(0, 19)
         .map((name) => `('${name}', "${name}")`)
         .join(', ')}) v(name, n)
       union all
       select ${key}, case kind ${Object.entries(raw)
         .map(([name, kind]) => `when '${kind}' then '${name}'`)
         .join(' ')} end, count(*)
       from happened where kind in ('open', 'click') and bucket >= $1 and bucket < $2 ${where} group by 1, 2) u
     group by key`,
    params,
  )
  return rows.map(({ key: name, counts }) => `${name} ${shown(counts)}`).sort()
}
export const answered = async (storage: Storage, { by = [], ...filter }: TallyFilter): Promise<readonly string[]> => {
  const tallies: readonly Tally[] = await storage.read.tallies({ by, ...filter })
  return tallies.map(({ cell, counts }) => `${by.map((one) => cell[one]).join('|')} ${shown(counts)}`).sort()
}
