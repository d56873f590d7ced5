import { parseHostName } from '../address/index.js'
import { type DkimKey, type KeyStanding, publishedKeys } from '../dkim-key/index.js'
import type { DnsPurpose, DnsRow } from './dns-row.js'
import { foldName } from './dns-row.js'

/** The operator's side of a domain's DNS (DOM-10). */
export interface DomainDns {
  /** Mechanisms that let the operator's servers send: `include:spf.example`, `ip4:192.0.2.7`. */
  readonly spf: readonly string[]
  /** Host of the bounce receiver; none: bounces come another way and no MX row is shown. */
  readonly bounceMx?: string | undefined
  /** `transport`: a relay or provider signs, so SPF and DKIM rows are advice. */
  readonly dkim: 'ours' | 'transport'
}

/** `state` left out: active. A key that does not sign, not yet or no more, is published, but the verdict does not wait for it (DOM-8). */
type PublishedKey = Pick<DkimKey, 'selector' | 'publicValue'> & { readonly state?: KeyStanding['state'] }

export interface ChecklistInput {
  /** Lower-case A-label. */
  readonly name: string
  readonly dns: DomainDns
  readonly keys: readonly PublishedKey[]
  /** The host that answers tracking links: the target of the CNAME `track.<name>`. None: no such row. */
  readonly trackingHost?: string | undefined
  /** Replaces the default set of required rows (DOM-4). */
  readonly requiredRecords?: readonly DnsPurpose[] | undefined
}

const TRACKING_LABEL = 'track'
const BOUNCE_MX_PREFERENCE = 10

/** DOM-4: what has to pass before the domain is verified, unless the operator says otherwise. */
function defaultRequired({ bounceMx, dkim }: DomainDns): readonly DnsPurpose[] {
  const signing: readonly DnsPurpose[] = dkim === 'ours' ? ['spf', 'dkim'] : []
  return [...(bounceMx ? (['mx'] as const) : []), ...signing, 'dmarc']
}

/** Where the record of a key stands (RFC 6376 §3.6.2.1). */
export const dkimRecordName = (selector: string, domain: string): string =>
  `${selector.toLowerCase()}._domainkey.${domain}`

function hostIn(zone: string, name: string): string {
  return name === zone ? '@' : name.slice(0, -zone.length - 1)
}

/**
 * DOM-2: the rows to publish for a new domain, none looked up yet.
 * @throws DOMAIN_NAME_INVALID
 */
export function checklist(input: ChecklistInput): DnsRow[] {
  const { ascii, registrable } = parseHostName(input.name)
  const required = input.requiredRecords ?? defaultRequired(input.dns)
  const row = (purpose: DnsPurpose, type: DnsRow['type'], name: string, expected: string): DnsRow => ({
    purpose,
    host: hostIn(registrable, name),
    name,
    type,
    expected,
    current: null,
    status: 'missing',
    required: required.includes(purpose),
  })
  const { bounceMx, spf, dkim } = input.dns
  const rows: DnsRow[] = []
  if (bounceMx) rows.push(row('mx', 'MX', ascii, `${BOUNCE_MX_PREFERENCE} ${foldName(bounceMx)}`))
  // A provider that signs and names no mechanism publishes SPF under its own return path.
  if (spf.length > 0 || dkim === 'ours') rows.push(row('spf', 'TXT', ascii, ['v=spf1', ...spf, '~all'].join(' ')))
  for (const key of input.keys) {
    const one = row('dkim', 'TXT', dkimRecordName(key.selector, ascii), key.publicValue)
    rows.push({ ...one, required: one.required && (key.state ?? 'active') === 'active' })
  }
  rows.push(row('dmarc', 'TXT', `_dmarc.${ascii}`, 'v=DMARC1; p=none'))
  if (input.trackingHost)
    rows.push(row('tracking', 'CNAME', `${TRACKING_LABEL}.${ascii}`, foldName(input.trackingHost)))
  return rows
}

/** The checklist with the rows of these keys in place of the former ones; what was seen of a record that stays is kept. */
export function renewDkimRows(
  before: readonly DnsRow[],
  input: Omit<ChecklistInput, 'keys'> & { readonly keys: readonly (KeyStanding & PublishedKey)[] },
): DnsRow[] {
  const known = new Map(before.filter(({ purpose }) => purpose === 'dkim').map((row) => [row.name, row]))
  const fresh = checklist({ ...input, keys: publishedKeys(input.keys) }).filter(({ purpose }) => purpose === 'dkim')
  const renewed = fresh.map((row) => ({ ...row, ...known.get(row.name), required: row.required }))
  const others = before.filter(({ purpose }) => purpose !== 'dkim')
  const at = others.findIndex(({ purpose }) => purpose === 'dmarc')
  return at < 0 ? [...others, ...renewed] : [...others.slice(0, at), ...renewed, ...others.slice(at)]
}
