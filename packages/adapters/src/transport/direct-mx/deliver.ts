import type { RecipientOutcome } from '@mailwright/core'
import type { AnswerBook } from './answer-book.js'
import type { MailRoute } from './mail-route.js'
import { matchesMx, type StsPolicy } from './mta-sts/policy.js'
import type { OutgoingMail, Source } from './open-host.js'
import { type Attempt, type Pool, unreached } from './pool.js'
import { chooseHosts, type TlsLevel } from './tls-level.js'

/** What the deliveries of one transport share. */
export interface Wayfinder {
  readonly routes: AnswerBook<MailRoute>
  /** null: MTA-STS is switched off. */
  readonly policyOf: (domain: string) => Promise<StsPolicy | null>
  readonly levelOf: (domain: string) => TlsLevel
  /** A policy that is being tested would refuse the host (RFC 8461 §5.2). */
  readonly wouldRefuse: (domain: string, host: string) => void
  readonly pool: Pool
}

const ABORTED = Symbol('aborted')

/** What has been asked of DNS goes on for others; this mail waits no longer. */
const unlessAborted = async <T>(promise: Promise<T>, signal: AbortSignal): Promise<T | typeof ABORTED> => {
  let abort: () => void = () => undefined
  const aborted = new Promise<typeof ABORTED>((resolve) => {
    abort = () => resolve(ABORTED)
    signal.addEventListener('abort', abort, { once: true })
    if (signal.aborted) abort()
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/**
 * Hands one mail to the servers of one domain: host after host until one has said something about a recipient (RFC 5321 §5.1). A refusal is final for this
 * attempt, whoever gave it; only where nobody was reached the next host is tried.
 */
export const deliver = async (
  { routes, policyOf, levelOf, wouldRefuse, pool }: Wayfinder,
  { domain, source, ...mail }: OutgoingMail & { readonly domain: string; readonly source: Source },
  signal: AbortSignal,
): Promise<readonly RecipientOutcome[]> => {
  if (domain.startsWith('[')) return unreached(mail, 'dns', 'an address literal has no MX')
  const known = await unlessAborted(Promise.all([routes.of(domain), policyOf(domain)]), signal)
  if (known === ABORTED) return unreached(mail, 'dns', 'aborted')
  const [route, policy] = known
  if (route.type !== 'hosts') return unreached(mail, 'dns', route.cause)
  const { level, hosts } = chooseHosts(route.hosts, levelOf(domain), policy)
  if (hosts.length === 0) return unreached(mail, 'tls', 'no MX host is one that the MTA-STS policy of the domain names')
  if (policy?.mode === 'testing' && hosts[0] !== undefined && !matchesMx(policy, hosts[0]))
    wouldRefuse(domain, hosts[0])
  let first: Attempt | null = null
  for (const host of hosts) {
    const attempt = await pool.send({ host, level, source }, mail, signal)
    const spoken = attempt.outcomes.some(({ type }) => type !== 'unreached')
    if (spoken || signal.aborted) return attempt.outcomes
    if (first === null || (attempt.tried && !first.tried)) first = attempt
  }
  return first?.outcomes ?? unreached(mail, 'dns', 'no host')
}
