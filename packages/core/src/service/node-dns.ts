import { Resolver } from 'node:dns/promises'
import type { Dns, DnsAnswer } from '../ports/dns.js'

export interface NodeDnsOptions {
  /** Resolvers to ask, as `ip` or `ip:port`. Default: those of the system. */
  readonly servers?: readonly string[]
  /** For one try of one server; there are two tries. Default 5,000. */
  readonly timeoutMs?: number
}

const TRIES = 2

/** NXDOMAIN, and a name without a record of the type: the two definite answers of c-ares. */
const definite: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'ENODATA'])

const withoutDot = (name: string): string => name.replace(/\.$/, '')

async function answer<T>(records: Promise<readonly T[]>): Promise<DnsAnswer<T>> {
  try {
    const found = await records
    return found.length > 0 ? { type: 'found', records: found } : { type: 'absent' }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    return definite.has(code) ? { type: 'absent' } : { type: 'unreachable', cause: String(code ?? error) }
  }
}

/** A name has an address if one family has; it has none only if both say so. */
function eitherFamily(v4: DnsAnswer<string>, v6: DnsAnswer<string>): DnsAnswer<string> {
  const records = [v4, v6].flatMap((family) => (family.type === 'found' ? family.records : []))
  if (records.length > 0) return { type: 'found', records }
  return [v4, v6].find((family) => family.type === 'unreachable') ?? { type: 'absent' }
}

/** DNS by Node's resolver, without a cache: a verification sees what was published a moment ago, as far as the resolver does. */
export function nodeDns(options: NodeDnsOptions = {}): Dns {
  const resolver = new Resolver({ timeout: options.timeoutMs ?? 5_000, tries: TRIES })
  if (options.servers) resolver.setServers(options.servers)
  return {
    mx: (name) =>
      answer(
        resolver
          .resolveMx(name)
          .then((list) =>
            list.map(({ priority, exchange }) => ({ preference: priority, exchange: withoutDot(exchange) })),
          ),
      ),
    txt: (name) => answer(resolver.resolveTxt(name).then((list) => list.map((strings) => strings.join('')))),
    address: async (name) =>
      eitherFamily(...(await Promise.all([answer(resolver.resolve4(name)), answer(resolver.resolve6(name))]))),
    cname: (name) => answer(resolver.resolveCname(name).then((list) => list.map(withoutDot))),
  }
}
