import { MailError } from '@mailwright/core'
import { matchesMx, type StsPolicy } from './mta-sts/policy.js'

/**
 * What TLS the mail of a domain needs. `opportunistic`: where it works, with any certificate (RFC 7435). `required`: encrypted or not sent, with any certificate.
 * `verified`: with a certificate that is valid for the name of the MX host, or not sent.
 */
export type TlsLevel = 'opportunistic' | 'required' | 'verified'

/** By recipient domain, in lower-case ASCII; what is not named is `opportunistic`. */
export type TlsLevels = Readonly<Record<string, TlsLevel>> | ((domain: string) => TlsLevel | undefined)

const known: ReadonlySet<unknown> = new Set<TlsLevel>(['opportunistic', 'required', 'verified'])

/** Throws OPTIONS_INVALID for a level that does not exist: taken for none it would let mail go in plain text. */
const checked = (level: TlsLevel): TlsLevel => {
  if (known.has(level)) return level
  throw new MailError('OPTIONS_INVALID', { field: 'tls', expected: 'opportunistic, required or verified' })
}

export const levelReader = (levels: TlsLevels = {}): ((domain: string) => TlsLevel) => {
  if (typeof levels === 'function') return (domain) => checked(levels(domain) ?? 'opportunistic')
  const named = new Map(Object.entries(levels).map(([domain, level]) => [domain.toLowerCase(), checked(level)]))
  return (domain) => named.get(domain) ?? 'opportunistic'
}

export interface HostChoice {
  readonly level: TlsLevel
  readonly hosts: readonly string[]
}

/** RFC 8461 §5: under `enforce` only hosts that the policy names, and those only by verified TLS; what was asked for here is never loosened. */
export const chooseHosts = (hosts: readonly string[], level: TlsLevel, policy: StsPolicy | null): HostChoice =>
  policy?.mode === 'enforce'
    ? { level: 'verified', hosts: hosts.filter((host) => matchesMx(policy, host)) }
    : { level, hosts }
