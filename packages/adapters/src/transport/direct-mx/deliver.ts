import type { RecipientOutcome, Reply } from '@mailwright/core'
import type { AnswerBook } from './answer-book.js'
import { held } from './held.js'
import type { MailRoute } from './mail-route.js'
import { matchesMx, type StsPolicy } from './mta-sts/policy.js'
import type { PolicyBook } from './mta-sts/policy-book.js'
import type { OutgoingMail, Source } from './open-host.js'
import type { Places } from './places.js'
import type { Attempt, Pool } from './pool.js'
import { chooseHosts, type TlsLevel } from './tls-level.js'
import { ABORTED, unlessAborted } from './unless-aborted.js'
import { unreached } from './unreached.js'

/** What the deliveries of one transport share. */
export interface Wayfinder {
  readonly routes: AnswerBook<MailRoute>
  /** null: MTA-STS is switched off. */
  readonly policies: PolicyBook | null
  /** For mail to domains of which nothing is known yet. */
  readonly strangers: Places
  readonly levelOf: (domain: string) => TlsLevel
  /** A policy that is being tested would refuse the host (RFC 8461 §5.2). */
  readonly wouldRefuse: (domain: string, host: string) => void
  readonly pool: Pool
}

/** RFC 5321 §5.1, RFC 3463: found before anybody is asked, in the words of a server that finds it. */
const LOOP: Reply = {
  code: 554,
  enhanced: '5.4.6',
  text: '5.4.6 the mail would come back: the best MX of the domain is the service that sends it',
}

/** What is known of a domain, or why that is not known. What has to be asked for takes one of the places for strangers meanwhile (T29). */
const look = async (
  { routes, policies, strangers }: Wayfinder,
  domain: string,
  signal: AbortSignal,
): Promise<readonly [MailRoute, StsPolicy | null] | 'aborted' | 'busy'> => {
  const known = [routes.known(domain), policies === null ? null : policies.known(domain)] as const
  const [route, policy] = known
  if (route !== undefined && policy !== undefined) return [route, policy]
  const place = await strangers.take(signal)
  if (place !== 'taken') return place === 'aborted' ? place : 'busy'
  try {
    const asked = await unlessAborted(Promise.all([routes.of(domain), policies?.of(domain) ?? null]), signal)
    return asked === ABORTED ? 'aborted' : asked
  } finally {
    strangers.give()
  }
}

/** How much an attempt that reached nobody tells: most if it was made, then when to come again, the sooner the more. */
const says = ({ tried, outcomes: [one] }: Attempt): number =>
  tried ? 1 : one?.type === 'held' ? -one.forMs : Number.NEGATIVE_INFINITY

/**
 * Hands one mail to the servers of one domain: host after host until one has said something about a recipient (RFC 5321 §5.1). A refusal is final for this
 * attempt, whoever gave it; only where nobody was reached the next host is tried.
 */
export const deliver = async (
  way: Wayfinder,
  { domain, source, ...mail }: OutgoingMail & { readonly domain: string; readonly source: Source },
  signal: AbortSignal,
): Promise<readonly RecipientOutcome[]> => {
  if (domain.startsWith('[')) return unreached(mail.envelope.to, 'dns', 'an address literal has no MX')
  const { levelOf, wouldRefuse, pool } = way
  const known = await look(way, domain, signal)
  if (known === 'aborted') return unreached(mail.envelope.to, 'dns', known)
  if (known === 'busy') return held(mail.envelope.to, way.strangers.comeAgainMs(), 'too many lookups go unanswered')
  const [route, policy] = known
  if (route.type === 'ourselves') return mail.envelope.to.map(() => ({ type: 'refused', reply: LOOP }))
  if (route.type !== 'hosts') return unreached(mail.envelope.to, 'dns', route.cause)
  const { level, hosts } = chooseHosts(route.hosts, levelOf(domain), policy)
  if (hosts.length === 0)
    return unreached(mail.envelope.to, 'tls', 'no MX host is one that the MTA-STS policy of the domain names')
  if (policy?.mode === 'testing' && hosts[0] !== undefined && !matchesMx(policy, hosts[0]))
    wouldRefuse(domain, hosts[0])
  let best: Attempt | null = null
  for (const host of hosts) {
    const attempt = await pool.send({ host, level, source }, mail, signal)
    const spoken = attempt.outcomes.some(({ type }) => type !== 'unreached' && type !== 'held')
    if (spoken || signal.aborted) return attempt.outcomes
    if (best === null || says(attempt) > says(best)) best = attempt
  }
  return best?.outcomes ?? unreached(mail.envelope.to, 'dns', 'no host')
}
