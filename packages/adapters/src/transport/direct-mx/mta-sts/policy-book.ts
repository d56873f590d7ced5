import type { Dns } from '@mailwright/core'
import type { FetchPolicy } from './fetch-policy.js'
import { parsePolicy, policyId, type StsPolicy } from './policy.js'

/** RFC 8461 §3.3: a policy that could not be had is not asked for again at once. The announcement is looked up as seldom. */
const AGAIN_MS = 5 * 60_000
/** A policy with a shorter life is not asked for with every mail. */
const LEAST_MS = 60_000
/** The domains that are remembered, of those with a policy and of those without; of the others it is asked for again when it is needed. */
const MOST_DOMAINS = 10_000

interface Entry {
  readonly id: string | null
  readonly policy: StsPolicy | null
  /** Until when the policy holds, whatever DNS and the web server say meanwhile. */
  readonly until: number
  /** When the announcement is looked up next. */
  readonly lookAt: number
}

/** The MTA-STS policies of recipient domains, as far as this process knows them. */
export interface PolicyBook {
  /** Without asking; undefined if it has to be asked for. */
  known(domain: string): StsPolicy | null | undefined
  /** The policy in force for mail to the domain now; null if there is none. */
  of(domain: string): Promise<StsPolicy | null>
}

export interface PolicyBookOptions {
  readonly dns: Pick<Dns, 'txt'>
  readonly fetchPolicy: FetchPolicy
  /** Milliseconds that only grow. */
  readonly now: () => number
  /** A policy was announced and could not be had or read. */
  readonly failed: (domain: string, cause: string) => void
}

/**
 * RFC 8461 §3.3, §5.1: a policy is fetched when its announcement is new or half of its time is over, and kept for its `max_age`. Whoever hides the announcement or the file from us does
 * not end a policy that we have.
 */
export const policyBook = ({ dns, fetchPolicy, now, failed }: PolicyBookOptions): PolicyBook => {
  // Apart, so that a batch to thousands of domains without a policy does not undo those that are in force.
  const policies = new Map<string, Entry>()
  const without = new Map<string, Entry>()
  const asked = new Map<string, Promise<Entry>>()

  const known = (domain: string): Entry | undefined => policies.get(domain) ?? without.get(domain)
  const remember = (domain: string, entry: Entry): void => {
    policies.delete(domain)
    without.delete(domain)
    const entries = entry.policy === null ? without : policies
    entries.set(domain, entry)
    const [oldest] = entries.keys()
    if (entries.size > MOST_DOMAINS && oldest !== undefined) entries.delete(oldest)
  }
  /** It is looked at again before the policy has run out. */
  const entryOf = (given: Omit<Entry, 'lookAt'>): Entry => {
    const inMs = given.policy === null ? AGAIN_MS : Math.max(LEAST_MS, Math.min(AGAIN_MS, given.until - now()))
    return { ...given, lookAt: now() + inMs }
  }
  /** RFC 8461 §3.3: a policy is renewed ahead of its end, so that there is time to try again. */
  const isHalfOver = ({ policy, until }: Entry): boolean =>
    policy === null || until - now() < (policy.maxAgeSeconds * 1_000) / 2

  const fresh = async (domain: string, old: Entry | undefined): Promise<Entry> => {
    const kept = entryOf(old && old.until > now() ? old : { id: null, policy: null, until: 0 })
    const answer = await dns.txt(`_mta-sts.${domain}`)
    const id = answer.type === 'found' ? policyId(answer.records) : null
    if (id === null || (id === kept.id && !isHalfOver(kept))) return kept
    const fetched = await fetchPolicy(domain)
    const policy = fetched.type === 'fetched' ? parsePolicy(fetched.text) : null
    if (policy === null) {
      failed(domain, fetched.type === 'failed' ? fetched.cause : 'not a policy')
      return kept
    }
    return entryOf({ id, policy, until: now() + policy.maxAgeSeconds * 1_000 })
  }

  const look = async (domain: string): Promise<Entry> => {
    const entry = await fresh(domain, known(domain))
    remember(domain, entry)
    return entry
  }

  const inForce = ({ until, policy }: Entry): StsPolicy | null =>
    until > now() && policy?.mode !== 'none' ? policy : null

  return {
    known(domain) {
      const entry = known(domain)
      return entry !== undefined && entry.lookAt > now() ? inForce(entry) : undefined
    },
    async of(domain) {
      const entry = known(domain)
      if (entry !== undefined && entry.lookAt > now()) return inForce(entry)
      const asking = asked.get(domain) ?? look(domain).finally(() => asked.delete(domain))
      asked.set(domain, asking)
      return inForce(await asking)
    },
  }
}
