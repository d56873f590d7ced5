import { parseHostName } from '../address/index.js'
import type { DkimKey } from '../dkim-key/index.js'
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

export interface ChecklistInput {
  /** Lower-case A-label. */
  readonly name: string
  readonly dns: DomainDns
  readonly keys: readonly Pick<DkimKey, 'selector' | 'publicValue'>[]
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
    rows.push(row('dkim', 'TXT', `${key.selector.toLowerCase()}._domainkey.${ascii}`, key.publicValue))
  }
  rows.push(row('dmarc', 'TXT', `_dmarc.${ascii}`, 'v=DMARC1; p=none'))
  if (input.trackingHost)
    rows.push(row('tracking', 'CNAME', `${TRACKING_LABEL}.${ascii}`, foldName(input.trackingHost)))
  return rows
}
