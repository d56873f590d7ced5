import type { DnsAnswer, MxRecord } from '../../ports/dns.js'
import { compareDkim, parseTagList } from '../dkim-key/index.js'
import { type DnsPurpose, type DnsRow, type Finding, foldName } from './dns-row.js'
import { mechanismsOf, spfFault, spfRecords } from './spf.js'

/** A lookup that a judgement needs. */
export interface DnsQuestion {
  readonly type: DnsRow['type']
  readonly name: string
}

/** A question with what the resolver said. */
export type DnsFact =
  | { readonly type: 'MX'; readonly name: string; readonly answer: DnsAnswer<MxRecord> }
  | { readonly type: 'TXT' | 'CNAME'; readonly name: string; readonly answer: DnsAnswer<string> }

/** The lookups for these rows, each once. */
export function questions(rows: readonly Pick<DnsRow, 'type' | 'name'>[]): DnsQuestion[] {
  const byKey = new Map(rows.map(({ type, name }) => [`${type} ${name}`, { type, name }]))
  return [...byKey.values()]
}

const passed = (current: string): Finding => ({ status: 'passed', current })
const wrong = (current: string, reason: string): Finding => ({ status: 'wrong', current, reason })
const missing: Finding = { status: 'missing', current: null }
const lines = (records: readonly string[]): string => records.join('\n')

function judgeSpf(row: DnsRow, txt: readonly string[]): Finding {
  const records = spfRecords(txt)
  if (records.length === 0) return missing
  const fault = spfFault(records, mechanismsOf(row.expected), row.name)
  return fault ? wrong(lines(records), fault) : passed(lines(records))
}

/** RFC 6376 §3.6.2.2: with several key records the outcome is undefined, so one wrong beside ours is wrong. */
function judgeDkim(row: DnsRow, txt: readonly string[]): Finding {
  const [record] = txt
  if (record === undefined) return missing
  if (txt.length > 1) return wrong(lines(txt), 'several-records')
  const fault = compareDkim(row.expected, record)
  return fault ? wrong(record, fault) : passed(record)
}

const policies: readonly string[] = ['none', 'quarantine', 'reject']

/** RFC 7489 §6.6.3: records that do not begin with the version are not DMARC and are discarded. */
function judgeDmarc(_row: DnsRow, txt: readonly string[]): Finding {
  const records = txt.filter((record) => /^\s*v\s*=\s*dmarc1\s*(?:;|$)/i.test(record))
  const [record] = records
  if (record === undefined) return missing
  if (records.length > 1) return wrong(lines(records), 'several-records')
  const policy = parseTagList(record)?.get('p')?.toLowerCase()
  if (policy === undefined) return wrong(record, 'policy-missing')
  return policies.includes(policy) ? passed(record) : wrong(record, 'policy-invalid')
}

/** Bounces arrive only if no other host is asked before ours or beside it; the number itself does not matter. */
function judgeMx(row: DnsRow, records: readonly MxRecord[]): Finding {
  if (records.length === 0) return missing
  const ours = foldName(row.expected.slice(row.expected.indexOf(' ') + 1))
  const current = lines(records.map(({ preference, exchange }) => `${preference} ${exchange || '.'}`))
  const best = Math.min(...records.map(({ preference }) => preference))
  const holds = records.some(({ exchange }) => foldName(exchange) === ours)
  if (!holds) return wrong(current, 'other-host')
  const first = records.filter(({ preference }) => preference === best)
  return first.every(({ exchange }) => foldName(exchange) === ours) ? passed(current) : wrong(current, 'not-preferred')
}

function judgeTracking(row: DnsRow, targets: readonly string[]): Finding {
  if (targets.length === 0) return missing
  const matches = targets.every((target) => foldName(target) === foldName(row.expected))
  return matches ? passed(lines(targets)) : wrong(lines(targets), 'other-host')
}

const judgesOfText: Record<Exclude<DnsPurpose, 'mx'>, (row: DnsRow, records: readonly string[]) => Finding> = {
  spf: judgeSpf,
  dkim: judgeDkim,
  dmarc: judgeDmarc,
  tracking: judgeTracking,
}

const recordsOf = <T>(answer: DnsAnswer<T>): readonly T[] => (answer.type === 'found' ? answer.records : [])

function find(row: DnsRow, fact: DnsFact | undefined): Finding {
  if (!fact) return { status: 'unknown', current: row.current, reason: 'not-asked' }
  // DOM-4: no answer is never taken for a no; what was seen last stays visible.
  if (fact.answer.type === 'unreachable') return { status: 'unknown', current: row.current, reason: 'unreachable' }
  if (fact.type === 'MX') return judgeMx(row, recordsOf(fact.answer))
  return row.purpose === 'mx' ? missing : judgesOfText[row.purpose](row, recordsOf(fact.answer))
}

/** DOM-4, DOM-5: the rows with what DNS holds now. Comparison is as tolerant as DNS itself; a resolver failure is `unknown`. */
export function judge(rows: readonly DnsRow[], facts: readonly DnsFact[]): DnsRow[] {
  return rows.map(({ reason: _, ...row }) => {
    const fact = facts.find(({ type, name }) => type === row.type && foldName(name) === row.name)
    return { ...row, ...find(row, fact) }
  })
}
