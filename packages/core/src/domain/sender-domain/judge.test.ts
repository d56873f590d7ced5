import { describe, expect, it } from 'vitest'
import type { DnsAnswer } from '../../ports/dns.js'
import { checklist, type DnsFact, type DnsPurpose, judge } from './index.js'

const NAME = 'abc.shop.example'
const PUBLIC = 'v=DKIM1; k=rsa; p=MIIBabcDEF+/='
const rows = checklist({
  name: NAME,
  dns: {
    spf: ['include:spf.ours.example', 'ip4:192.0.2.7', 'ip6:2001:db8::1'],
    bounceMx: 'mx.ours.example',
    dkim: 'ours',
  },
  keys: [{ selector: 'mwa', publicValue: PUBLIC }],
  trackingHost: 'links.ours.example',
})

const found = <T>(...records: T[]): DnsAnswer<T> => ({ type: 'found', records })
const txt = (name: string, ...records: string[]): DnsFact => ({ type: 'TXT', name, answer: found(...records) })
const mx = (...records: [number, string][]): DnsFact => ({
  type: 'MX',
  name: NAME,
  answer: found(...records.map(([preference, exchange]) => ({ preference, exchange }))),
})
const spf = (...records: string[]) => txt(NAME, ...records)
const dkim = (...records: string[]) => txt(`mwa._domainkey.${NAME}`, ...records)
const dmarc = (...records: string[]) => txt(`_dmarc.${NAME}`, ...records)
const cname = (target: string): DnsFact => ({ type: 'CNAME', name: `track.${NAME}`, answer: found(target) })
const OURS = 'include:spf.ours.example ip4:192.0.2.7 ip6:2001:db8::1'
const many = Array.from({ length: 10 }, (_, n) => `include:s${n}.example`).join(' ')

const table: [purpose: DnsPurpose, shape: string, fact: DnsFact, status: string, reason?: string][] = [
  ['mx', 'our host', mx([10, 'mx.ours.example']), 'passed'],
  ['mx', 'another case, a trailing dot, another preference', mx([5, 'MX.Ours.Example.']), 'passed'],
  ['mx', 'ours before another', mx([10, 'mx.ours.example'], [20, 'backup.example']), 'passed'],
  ['mx', 'another before ours', mx([10, 'mx.other.example'], [20, 'mx.ours.example']), 'wrong', 'not-preferred'],
  ['mx', 'another beside ours', mx([10, 'mx.other.example'], [10, 'mx.ours.example']), 'wrong', 'not-preferred'],
  ['mx', 'only another', mx([10, 'mx.other.example']), 'wrong', 'other-host'],
  ['mx', 'a null MX', mx([0, '']), 'wrong', 'other-host'],
  ['mx', 'none', { type: 'MX', name: NAME, answer: { type: 'absent' } }, 'missing'],

  ['spf', 'as expected', spf(`v=spf1 ${OURS} ~all`), 'passed'],
  ['spf', 'another case', spf(`V=SPF1 ${OURS.toUpperCase()} -ALL`), 'passed'],
  ['spf', 'a trailing dot', spf('v=spf1 include:spf.ours.example. ip4:192.0.2.7 ip6:2001:db8::1 -all'), 'passed'],
  ['spf', 'others beside ours', spf(`v=spf1 a mx include:other.example ${OURS} ?all`), 'passed'],
  [
    'spf',
    'written-out forms',
    spf('v=spf1 +include:spf.ours.example ip4:192.0.2.7/32 ip6:2001:db8:0:0::1/128 -all'),
    'passed',
  ],
  ['spf', 'other TXT beside it', spf('site-verification=1', `v=spf1 ${OURS} ~all`, 'v=spf10 x'), 'passed'],
  ['spf', 'modifiers', spf(`v=spf1 ${OURS} ~all exp=why.example`), 'passed'],
  ['spf', 'two records', spf(`v=spf1 ${OURS} ~all`, 'v=spf1 include:other.example -all'), 'wrong', 'several-records'],
  ['spf', 'one twice', spf(`v=spf1 ${OURS} ~all`, `v=spf1 ${OURS} ~all`), 'wrong', 'several-records'],
  ['spf', '+all', spf(`v=spf1 ${OURS} +all`), 'wrong', 'allows-everyone'],
  ['spf', 'a bare all', spf(`v=spf1 ${OURS} all`), 'wrong', 'allows-everyone'],
  ['spf', 'the whole IPv4 space', spf(`v=spf1 ${OURS} ip4:0.0.0.0/0 -all`), 'wrong', 'allows-everyone'],
  [
    'spf',
    'one mechanism lacking',
    spf('v=spf1 include:spf.ours.example ip4:192.0.2.7 -all'),
    'wrong',
    'lacks-mechanisms',
  ],
  ['spf', 'ours refused', spf(`v=spf1 -include:spf.ours.example ${OURS.slice(25)} -all`), 'wrong', 'lacks-mechanisms'],
  ['spf', 'ours behind all', spf(`v=spf1 -all ${OURS}`), 'wrong', 'lacks-mechanisms'],
  [
    'spf',
    'a name that only begins like ours',
    spf(`v=spf1 include:spf.ours.example.evil ${OURS.slice(25)} -all`),
    'wrong',
    'lacks-mechanisms',
  ],
  ['spf', 'a term that is none', spf(`v=spf1 include spf.other.example ${OURS} ~all`), 'wrong', 'syntax'],
  ['spf', 'more than ten lookups', spf(`v=spf1 ${OURS} ${many} ~all`), 'wrong', 'too-many-lookups'],
  ['spf', 'only other TXT', spf('site-verification=1', 'v=spf10 x'), 'missing'],
  ['spf', 'none', { type: 'TXT', name: NAME, answer: { type: 'absent' } }, 'missing'],

  ['dkim', 'as expected', dkim(PUBLIC), 'passed'],
  ['dkim', 'tags in another order', dkim('p=MIIBabcDEF+/=;k=rsa;v=DKIM1;'), 'passed'],
  ['dkim', 'joined strings with space between', dkim('v=DKIM1; k=rsa; p=MIIBabc DEF+/='), 'passed'],
  ['dkim', 'an empty p', dkim('v=DKIM1; k=rsa; p='), 'wrong', 'revoked'],
  ['dkim', 'another key', dkim('v=DKIM1; k=rsa; p=MIIBother'), 'wrong', 'other-key'],
  ['dkim', 'a truncated key', dkim('v=DKIM1; k=rsa; p=MIIBabc'), 'wrong', 'other-key'],
  ['dkim', 'two records', dkim(PUBLIC, 'v=DKIM1; p='), 'wrong', 'several-records'],
  ['dkim', 'something else', dkim('hello'), 'wrong', 'syntax'],
  ['dkim', 'none', { type: 'TXT', name: `mwa._domainkey.${NAME}`, answer: { type: 'absent' } }, 'missing'],

  ['dmarc', 'as expected', dmarc('v=DMARC1; p=none'), 'passed'],
  ['dmarc', 'a stricter policy and reports', dmarc('v=DMARC1;p=Reject;rua=mailto:x@shop.example;pct=50'), 'passed'],
  ['dmarc', 'another case and spaces', dmarc(' V = dmarc1 ; P = QUARANTINE ;'), 'passed'],
  ['dmarc', 'other TXT beside it', dmarc('hello', 'v=DMARC1; p=none'), 'passed'],
  ['dmarc', 'several records', dmarc('v=DMARC1; p=none', 'v=DMARC1; p=reject'), 'wrong', 'several-records'],
  ['dmarc', 'no policy', dmarc('v=DMARC1; rua=mailto:x@shop.example'), 'wrong', 'policy-missing'],
  ['dmarc', 'an unknown policy', dmarc('v=DMARC1; p=block'), 'wrong', 'policy-invalid'],
  ['dmarc', 'an empty policy', dmarc('v=DMARC1; p='), 'wrong', 'policy-invalid'],
  ['dmarc', 'the version not first', dmarc('p=none; v=DMARC1'), 'missing'],
  ['dmarc', 'another version', dmarc('v=DMARC12; p=none'), 'missing'],
  ['dmarc', 'none', { type: 'TXT', name: `_dmarc.${NAME}`, answer: { type: 'absent' } }, 'missing'],

  ['tracking', 'our host', cname('Links.Ours.example.'), 'passed'],
  ['tracking', 'another host', cname('links.other.example'), 'wrong', 'other-host'],
  ['tracking', 'none', { type: 'CNAME', name: `track.${NAME}`, answer: { type: 'absent' } }, 'missing'],
]

const rowOf = (purpose: DnsPurpose, judged: ReturnType<typeof judge>) => judged.filter((row) => row.purpose === purpose)

describe('judge', () => {
  it.each(table)('DOM-5: %s with %s', (purpose, _, fact, status, reason) => {
    const [row] = rowOf(purpose, judge(rows, [fact]))
    expect([row?.status, row?.reason]).toEqual([status, reason])
    if (status === 'missing') expect(row?.current).toBeNull()
    else expect(row?.current).toBeTruthy()
  })

  it('DOM-4: a resolver failure is unknown, never wrong, and keeps what was seen', () => {
    const before = judge(rows, [spf(`v=spf1 ${OURS} ~all`)])
    const unreachable = { type: 'unreachable', cause: 'ESERVFAIL' } as const
    const after = judge(before, [{ type: 'TXT', name: NAME, answer: unreachable }, mx([10, 'mx.ours.example'])])
    expect(rowOf('spf', after)).toEqual([
      expect.objectContaining({ status: 'unknown', reason: 'unreachable', current: `v=spf1 ${OURS} ~all` }),
    ])
    expect(rowOf('mx', after)).toEqual([expect.objectContaining({ status: 'passed' })])
  })

  it('DOM-4: a later answer replaces the verdict and its reason', () => {
    const wrong = judge(rows, [dkim('v=DKIM1; p=')])
    const [row] = rowOf('dkim', judge(wrong, [dkim(PUBLIC)]))
    expect(row).toMatchObject({ status: 'passed', current: PUBLIC })
    expect(row).not.toHaveProperty('reason')
  })
})
