import { type Dns, nodeDns } from '@mailwright/core'
import {
  type DnsQuery,
  type DnsRecord,
  type DnsReply,
  dnsServer,
  NXDOMAIN,
  REFUSED,
  record,
  SERVFAIL,
} from '../../servers/dns-server.js'

/** The twelve cases of F8. `private address`: the names lead to loopback, as they always do here, and whoever looks them up has not been allowed that. */
export const DNS_FAULTS = [
  'SERVFAIL',
  'REFUSED',
  'timeout',
  'garbled answer',
  'NXDOMAIN',
  'no such record',
  'null MX',
  'private address',
  'CNAME loop',
  'truncated, whole over TCP',
  'truncated, no TCP',
  '1,000 records',
] as const
export type DnsFault = (typeof DNS_FAULTS)[number]

/** Nobody waits longer for a server that never answers; one that does may take the default. */
const IMPATIENT_MS = 150
const MANY = 1_000

const fillings: Partial<Record<DnsRecord['type'], (index: number) => DnsRecord>> = {
  MX: (index) => record.mx(100 + index, `mx${index}.full.example`),
  A: (index) => record.a(`127.1.${index >> 8}.${index & 255}`),
  TXT: (index) => record.txt(`note ${index}`),
}

/** What is right comes first. A name that begins with an underscore holds one record (DKIM, DMARC), and more would be another fault. */
function filled(records: readonly DnsRecord[], { name, type }: DnsQuery): readonly DnsRecord[] {
  const filling = type && fillings[type]
  if (!filling || records.length === 0 || name.includes('_')) return records
  return [...records, ...Array.from({ length: MANY - records.length }, (_, index) => filling(index))]
}

function underFault(fault: DnsFault, query: DnsQuery, well: () => DnsReply): DnsReply {
  switch (fault) {
    case 'SERVFAIL':
      return SERVFAIL
    case 'REFUSED':
      return REFUSED
    case 'timeout':
      return 'silence'
    case 'garbled answer':
      return 'garbage'
    case 'NXDOMAIN':
      return NXDOMAIN
    case 'no such record':
      return []
    case 'null MX':
      return query.type === 'MX' ? [record.mx(0, '')] : well()
    case 'private address':
      return well()
    case 'CNAME loop': {
      const other = `round.${query.name}`
      return [record.cname(other, query.name), record.cname(query.name, other)]
    }
    case 'truncated, whole over TCP':
      return query.over === 'udp' ? 'truncated' : well()
    case 'truncated, no TCP':
      return query.over === 'udp' ? 'truncated' : 'silence'
    case '1,000 records': {
      const reply = well()
      return Array.isArray(reply) ? filled(reply, query) : reply
    }
  }
}

export interface FaultyDns {
  /** The product's own resolver, which asks this server. */
  readonly resolver: Dns
  readonly asked: readonly DnsQuery[]
  publish(name: string, ...records: readonly DnsRecord[]): void
  /** From now on every question meets the fault; null: none. */
  meets(fault: DnsFault | null): void
  close(): Promise<void>
}

/** A real DNS server that is well until it is told otherwise. */
export async function faultyDns(): Promise<FaultyDns> {
  const zone = new Map<string, readonly DnsRecord[]>()
  let fault: DnsFault | null = null
  const well = ({ name, type }: DnsQuery): DnsReply => zone.get(name)?.filter((one) => one.type === type) ?? NXDOMAIN
  const server = await dnsServer((query) =>
    fault === null ? well(query) : underFault(fault, query, () => well(query)),
  )
  const servers = [server.address]
  const [patient, impatient] = [nodeDns({ servers }), nodeDns({ servers, timeoutMs: IMPATIENT_MS })]
  const asking = (): Dns => (fault === 'timeout' ? impatient : patient)
  return {
    resolver: {
      mx: (name) => asking().mx(name),
      txt: (name) => asking().txt(name),
      address: (name) => asking().address(name),
      cname: (name) => asking().cname(name),
    },
    asked: server.asked,
    publish: (name, ...records) => void zone.set(name, records),
    meets(next) {
      fault = next
    },
    close: server.close,
  }
}
