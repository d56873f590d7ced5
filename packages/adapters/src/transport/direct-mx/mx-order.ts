import { isIP } from 'node:net'
import type { MxRecord } from '@mailwright/core'

/** A host name as DNS may hold it: labels of letters, digits, hyphens and underscores. An MX that names an address is none (RFC 5321 §5.1). */
const isHostName = (name: string): boolean =>
  name.length <= 253 && isIP(name) === 0 && /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/.test(name)

/**
 * The hosts to try, best first: by preference, those of one preference in random order so that they share the load (RFC 5321 §5.1). At most `most`: a domain
 * with a thousand MX keeps nobody busy. Hosts that are ourselves, and those that are no better, are left out: one of them would send the mail back. Names that cannot be host names are left out, doubles too.
 */
export const orderMx = (
  records: readonly MxRecord[],
  random: () => number,
  most: number,
  ownHosts: ReadonlySet<string> = new Set(),
): readonly string[] => {
  const drawn = records.map(({ preference, exchange }) => ({
    preference,
    host: exchange.replace(/\.$/, '').toLowerCase(),
    draw: random(),
  }))
  drawn.sort((a, b) => a.preference - b.preference || a.draw - b.draw)
  const own = Math.min(...drawn.flatMap(({ host, preference }) => (ownHosts.has(host) ? [preference] : [])))
  const better = drawn.flatMap(({ host, preference }) => (preference < own ? [host] : []))
  return [...new Set(better.filter(isHostName))].slice(0, most)
}

/** RFC 7505: the domain says that it takes no mail. Beside other records an empty exchange says nothing. */
export const isNullMx = (records: readonly MxRecord[]): boolean =>
  records.length > 0 && records.every(({ exchange }) => exchange === '' || exchange === '.')
