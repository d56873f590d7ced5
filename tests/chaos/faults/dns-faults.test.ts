import { describe, expect, it } from 'vitest'
import { type CallbackSeen, type CheckSeen, callbackUnder, checkUnder, type MailSeen, mailUnder } from './dns-uses.js'
import { DNS_FAULTS, type DnsFault } from './faulty-dns.js'

const mail = {
  delivered: { state: 'delivered', blocked: false, connected: true, later: 'delivered', taken: 1 },
  retried: { state: 'deferred', blocked: false, connected: false, later: 'delivered', taken: 1 },
  permanent: { state: 'bounced', blocked: true, connected: false, later: 'bounced', taken: 0 },
} as const satisfies Record<string, MailSeen>

const well = ['verified', 'verified', true] as const
const check = {
  passed: { pending: 'verified', rows: ['passed'], verified: 'verified', healthy: true, sends: true, later: well },
  unknown: { pending: 'pending', rows: ['unknown'], verified: 'verified', healthy: true, sends: true, later: well },
  missing: { pending: 'pending', rows: ['missing'], verified: 'verified', healthy: false, sends: true, later: well },
} as const satisfies Record<string, CheckSeen>

const callback = {
  told: { saving: 'saved', connected: true, told: 1, later: 1, endpoint: 'active' },
  // CBK-4: a name that is not there is retried as well, for an endpoint may move.
  retried: { saving: 'dns', connected: false, told: 0, later: 1, endpoint: 'active' },
  refused: { saving: 'address-refused', connected: false, told: 0, later: 1, endpoint: 'active' },
} as const satisfies Record<string, CallbackSeen>

/** What is expected of each case in each use: MX of direct sending, SPF/DKIM/DMARC of a domain, host of a callback. */
const expected: Readonly<
  Record<DnsFault, readonly [mail: keyof typeof mail, check: keyof typeof check, callback: keyof typeof callback]>
> = {
  SERVFAIL: ['retried', 'unknown', 'retried'],
  REFUSED: ['retried', 'unknown', 'retried'],
  timeout: ['retried', 'unknown', 'retried'],
  'garbled answer': ['retried', 'unknown', 'retried'],
  NXDOMAIN: ['permanent', 'missing', 'retried'],
  'no such record': ['permanent', 'missing', 'retried'],
  'null MX': ['permanent', 'passed', 'told'],
  'private address': ['retried', 'passed', 'refused'],
  'CNAME loop': ['retried', 'unknown', 'retried'],
  'truncated, whole over TCP': ['delivered', 'passed', 'told'],
  'truncated, no TCP': ['retried', 'unknown', 'retried'],
  '1,000 records': ['delivered', 'passed', 'told'],
}

describe('a DNS server that fails, over UDP and TCP', () => {
  it.each(DNS_FAULTS.map((fault) => ({ fault, is: expected[fault][0] })))(
    'F8, T8, BLK-1: $fault at the MX of a recipient: the mail is $is',
    async ({ fault, is }) => expect(await mailUnder(fault)).toEqual(mail[is]),
  )

  it.each(DNS_FAULTS.map((fault) => ({ fault, is: expected[fault][1] })))(
    'F8, DOM-4: $fault at SPF, DKIM and DMARC: the rows are $is, and what was verified stays so',
    async ({ fault, is }) => expect(await checkUnder(fault)).toEqual(check[is]),
  )

  it.each(DNS_FAULTS.map((fault) => ({ fault, is: expected[fault][2] })))(
    'F8, CBK-4, CBK-5: $fault at the host of a callback: the event is $is, and told once in the end',
    async ({ fault, is }) => expect(await callbackUnder(fault)).toEqual(callback[is]),
  )
})
