import { Resolver } from 'node:dns/promises'
import type { Dns, DnsAnswer, MxRecord } from '../ports/dns.js'

export interface NodeDnsOptions {
  /** Resolvers to ask, as `ip` or `ip:port`. Default: those of the system. */
  readonly servers?: readonly string[]
  /** For one try of one server; there are two tries. Default 5,000. */
  readonly timeoutMs?: number
}

const TRIES = 2

/** Longest chain of CNAMEs that is followed. */
const CNAME_CHAIN_MAX = 8

/** What c-ares tells apart and the port does not: `empty` is a name without a record of the type, `absent` a name that does not exist. */
type Told<T> = DnsAnswer<T> | { readonly type: 'empty' }

const withoutDot = (name: string): string => name.replace(/\.$/, '')

async function told<T>(records: Promise<readonly T[]>): Promise<Told<T>> {
  try {
    const found = await records
    return found.length > 0 ? { type: 'found', records: found } : { type: 'empty' }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOTFOUND') return { type: 'absent' }
    return code === 'ENODATA' ? { type: 'empty' } : { type: 'unreachable', cause: String(code ?? error) }
  }
}

/** A name has an address if one family has; it has none only if both say so. */
function eitherFamily(v4: Told<string>, v6: Told<string>): Told<string> {
  const records = [v4, v6].flatMap((family) => (family.type === 'found' ? family.records : []))
  if (records.length > 0) return { type: 'found', records }
  const failed = [v4, v6].find((family) => family.type === 'unreachable')
  return failed ?? [v4, v6].find((family) => family.type === 'absent') ?? { type: 'empty' }
}

/** DNS by Node's resolver, without a cache: a verification sees what was published a moment ago, as far as the resolver does. */
export function nodeDns(options: NodeDnsOptions = {}): Dns {
  const resolver = new Resolver({ timeout: options.timeoutMs ?? 5_000, tries: TRIES })
  if (options.servers) resolver.setServers(options.servers)

  const endless = async (name: string): Promise<boolean> => {
    let at: string | undefined = name
    for (let links = 0; at !== undefined && links <= CNAME_CHAIN_MAX; links += 1)
      at = (await resolver.resolveCname(at).catch(() => []))[0]
    return at !== undefined
  }

  /** Some resolvers hand a loop of CNAMEs over as they find it, which c-ares takes for an empty name; nobody has said no there (DOM-4). */
  const settled = async <T>(name: string, answer: Told<T>): Promise<DnsAnswer<T>> => {
    if (answer.type !== 'empty') return answer
    return (await endless(name)) ? { type: 'unreachable', cause: 'ECNAMELOOP' } : { type: 'absent' }
  }

  const mx = async (name: string): Promise<readonly MxRecord[]> =>
    (await resolver.resolveMx(name)).map(({ priority, exchange }) => ({
      preference: priority,
      exchange: withoutDot(exchange),
    }))

  return {
    mx: async (name) => settled(name, await told(mx(name))),
    txt: async (name) =>
      settled(name, await told(resolver.resolveTxt(name).then((list) => list.map((strings) => strings.join(''))))),
    address: async (name) =>
      settled(
        name,
        eitherFamily(...(await Promise.all([told(resolver.resolve4(name)), told(resolver.resolve6(name))]))),
      ),
    cname: async (name) => settled(name, await told(resolver.resolveCname(name).then((list) => list.map(withoutDot)))),
  }
}
