/** Milliseconds. Messages of a week stand together in the index of recipients: what is written now touches few of its pages, however large it is. */
const WEEK = 604_800_000

export const weekOf = (bucket: string): string => `(${bucket} / ${WEEK})`

/** Steps from each week that there is to the next: a probe for each, not a scan. */
const weeks = (s: string): string => `
  with recursive week as (
    (select ${weekOf('bucket')} as n from ${s}.message order by ${weekOf('bucket')} limit 1)
    union all
    select (select ${weekOf('bucket')} from ${s}.message where ${weekOf('bucket')} > week.n order by ${weekOf('bucket')} limit 1)
    from week where week.n is not null)
  select n from week where n is not null`

/** Finds the messages `m` of one recipient key. */
export const isOfRecipient = (s: string, key: string): string => `${weekOf('m.bucket')} = any(array(${weeks(s)}))
  and hashtextextended(coalesce(m.recipient_key, m.mailbox), 0) = hashtextextended(${key}, 0)
  and coalesce(m.recipient_key, m.mailbox) = ${key}`
