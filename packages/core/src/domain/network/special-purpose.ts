/** One block of addresses that is not, or not simply, part of the public internet. */
export interface SpecialBlock {
  readonly block: string
  readonly name: string
  /** Where it is defined. */
  readonly source: string
}

/**
 * The IANA special-purpose registries of IPv4 and IPv6 as of October 2025 (RFC 6890, RFC 8190), every block of them, and what else must never be reached
 * from inside: multicast, retired kinds of addresses, and services of cloud platforms that answer on addresses of their own.
 *
 * Blocks that IANA calls globally reachable (AS112, AMT, PCP and TURN anycast, ORCHIDv2, drone ids) stand here too: what answers there is
 * infrastructure of the network one happens to be in, never somebody's web server. The one exception is 64:ff9b::/96, whose addresses stand
 * for IPv4 addresses and are judged by those.
 */
export const SPECIAL_BLOCKS: readonly SpecialBlock[] = [
  { block: '0.0.0.0/8', name: 'this network', source: 'RFC 791 §3.2' },
  { block: '0.0.0.0/32', name: 'this host on this network', source: 'RFC 1122 §3.2.1.3' },
  { block: '10.0.0.0/8', name: 'private use', source: 'RFC 1918' },
  { block: '100.64.0.0/10', name: 'shared address space (CGNAT)', source: 'RFC 6598' },
  { block: '100.100.100.200/32', name: 'metadata of Alibaba Cloud', source: 'its documentation' },
  { block: '127.0.0.0/8', name: 'loopback', source: 'RFC 1122 §3.2.1.3' },
  { block: '168.63.129.16/32', name: 'platform service of Azure', source: 'its documentation' },
  { block: '169.254.0.0/16', name: 'link-local', source: 'RFC 3927' },
  { block: '169.254.169.254/32', name: 'metadata of most clouds', source: 'their documentation' },
  { block: '172.16.0.0/12', name: 'private use', source: 'RFC 1918' },
  { block: '192.0.0.0/24', name: 'IETF protocol assignments', source: 'RFC 6890 §2.1' },
  { block: '192.0.0.0/29', name: 'IPv4 service continuity', source: 'RFC 7335' },
  { block: '192.0.0.8/32', name: 'dummy address', source: 'RFC 7600' },
  { block: '192.0.0.9/32', name: 'Port Control Protocol anycast', source: 'RFC 7723' },
  { block: '192.0.0.10/32', name: 'TURN anycast', source: 'RFC 8155' },
  { block: '192.0.0.170/32', name: 'NAT64/DNS64 discovery', source: 'RFC 8880' },
  { block: '192.0.0.171/32', name: 'NAT64/DNS64 discovery', source: 'RFC 8880' },
  { block: '192.0.2.0/24', name: 'documentation', source: 'RFC 5737' },
  { block: '192.31.196.0/24', name: 'AS112-v4', source: 'RFC 7535' },
  { block: '192.52.193.0/24', name: 'AMT', source: 'RFC 7450' },
  { block: '192.88.99.0/24', name: '6to4 relay anycast, retired', source: 'RFC 7526' },
  { block: '192.88.99.2/32', name: '6a44 relay anycast', source: 'RFC 6751' },
  { block: '192.168.0.0/16', name: 'private use', source: 'RFC 1918' },
  { block: '192.175.48.0/24', name: 'direct delegation AS112', source: 'RFC 7534' },
  { block: '198.18.0.0/15', name: 'benchmarking', source: 'RFC 2544' },
  { block: '198.51.100.0/24', name: 'documentation', source: 'RFC 5737' },
  { block: '203.0.113.0/24', name: 'documentation', source: 'RFC 5737' },
  { block: '224.0.0.0/4', name: 'multicast', source: 'RFC 5771' },
  { block: '240.0.0.0/4', name: 'reserved', source: 'RFC 1112 §4' },
  { block: '255.255.255.255/32', name: 'limited broadcast', source: 'RFC 919 §7' },

  { block: '::/128', name: 'unspecified', source: 'RFC 4291 §2.5.2' },
  { block: '::1/128', name: 'loopback', source: 'RFC 4291 §2.5.3' },
  { block: '::/96', name: 'IPv4-compatible, retired', source: 'RFC 4291 §2.5.5.1' },
  { block: '::ffff:0:0/96', name: 'IPv4-mapped', source: 'RFC 4291 §2.5.5.2' },
  { block: '::ffff:0:0:0/96', name: 'IPv4-translated', source: 'RFC 2765 §2.1' },
  { block: '64:ff9b:1::/48', name: 'IPv4/IPv6 translation, local use', source: 'RFC 8215' },
  { block: '100::/64', name: 'discard-only', source: 'RFC 6666' },
  { block: '100:0:0:1::/64', name: 'dummy prefix', source: 'RFC 9780' },
  { block: '2001::/23', name: 'IETF protocol assignments', source: 'RFC 2928' },
  { block: '2001::/32', name: 'Teredo', source: 'RFC 4380' },
  { block: '2001:1::1/128', name: 'Port Control Protocol anycast', source: 'RFC 7723' },
  { block: '2001:1::2/128', name: 'TURN anycast', source: 'RFC 8155' },
  { block: '2001:1::3/128', name: 'DNS-SD service registration anycast', source: 'RFC 9665' },
  { block: '2001:2::/48', name: 'benchmarking', source: 'RFC 5180' },
  { block: '2001:3::/32', name: 'AMT', source: 'RFC 7450' },
  { block: '2001:4:112::/48', name: 'AS112-v6', source: 'RFC 7535' },
  { block: '2001:10::/28', name: 'ORCHID, retired', source: 'RFC 4843' },
  { block: '2001:20::/28', name: 'ORCHIDv2', source: 'RFC 7343' },
  { block: '2001:30::/28', name: 'drone remote ids', source: 'RFC 9374' },
  { block: '2001:db8::/32', name: 'documentation', source: 'RFC 3849' },
  { block: '2002::/16', name: '6to4', source: 'RFC 3056' },
  { block: '2620:4f:8000::/48', name: 'direct delegation AS112', source: 'RFC 7534' },
  { block: '3fff::/20', name: 'documentation', source: 'RFC 9637' },
  { block: '5f00::/16', name: 'segment routing', source: 'RFC 9602' },
  { block: 'fc00::/7', name: 'unique local', source: 'RFC 4193' },
  { block: 'fd00:ec2::254/128', name: 'metadata of Amazon EC2', source: 'its documentation' },
  { block: 'fe80::/10', name: 'link-local', source: 'RFC 4291 §2.5.6' },
  { block: 'fec0::/10', name: 'site-local, retired', source: 'RFC 3879' },
  { block: 'ff00::/8', name: 'multicast', source: 'RFC 4291 §2.7' },
]

/** Each address of it carries an IPv4 address in its last four bytes, and leads there (RFC 6052). */
export const NAT64_BLOCK = '64:ff9b::/96'

/** All that IANA has given out for public IPv6 hosts (RFC 4291 §2.4, the registry of IPv6 address space). */
export const GLOBAL_UNICAST_BLOCK = '2000::/3'
