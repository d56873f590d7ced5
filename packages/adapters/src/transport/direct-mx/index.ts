import { MailError, nodeDns, redactingLogger, type Transport } from '@mailwright/core'
import { createAbortWatch } from '../smtp-lane/abort-watch.js'
import { checkEnvelope } from '../smtp-lane/check-envelope.js'
import { wireContent } from '../smtp-lane/wire-content.js'
import { answerBook } from './answer-book.js'
import { byDomain, inOrder } from './by-domain.js'
import { deliver, type Wayfinder } from './deliver.js'
import { spokenFamilies } from './families.js'
import { type MailRoute, mailRoute } from './mail-route.js'
import { httpsPolicy } from './mta-sts/fetch-policy.js'
import { policyBook } from './mta-sts/policy-book.js'
import { hostOpener, type Source } from './open-host.js'
import { type DirectMxOptions, readOptions } from './options.js'
import { places } from './places.js'
import { createPool } from './pool.js'
import { unreached } from './unreached.js'

export type { SmtpTimeouts } from '../smtp-lane/session-options.js'
export type { FetchedPolicy, FetchPolicy } from './mta-sts/fetch-policy.js'
export type { DirectMxOptions } from './options.js'
export type { TlsLevel, TlsLevels } from './tls-level.js'

/** Hosts of one domain and addresses of one host that are tried; the others are left alone. */
const MOST_HOSTS = 5
const MOST_ADDRESSES = 6
/** Sessions that are kept open without a mail. */
const MOST_IDLE = 200
/**
 * Domains of which nothing is known yet and servers that have never answered share so much of all that is under way: whoever sends to thousands that never
 * answer leaves places for the others (T29). By default that is 200 mails, fewer than core has under way at once.
 */
const STRANGERS = 0.4
/** The port tells no TTL, so this is what everybody's records may be behind. A failing resolver is asked again soon. */
const ROUTE_MS = { hosts: 5 * 60_000, ourselves: 60_000, none: 60_000, unknown: 10_000 } as const

/** The clock of waits and caches: it never goes back. */
const now = (): number => performance.now()

/**
 * Hands each mail to the MX hosts of its recipients' domains (RFC 5321 §5), from the address its `route` names (DIP-3). Nothing is listening for it but the
 * recipients' own servers: port 25 has to be open outwards, and the source addresses need names that lead back to them, SPF and a reputation. Throws
 * OPTIONS_INVALID at once, ADDRESS_INVALID when sending.
 */
export const directMx = (options: DirectMxOptions = {}): Transport => {
  const read = readOptions(options)
  const { allowPrivateNetworks, random } = read
  const dns = options.dns ?? nodeDns()
  const logger = redactingLogger(options.logger)
  const rulesFrom = (localAddress: string | null) => ({
    families: spokenFamilies(localAddress, allowPrivateNetworks),
    most: MOST_ADDRESSES,
    allowPrivateNetworks,
  })
  const policies = policyBook({
    dns,
    now,
    fetchPolicy: options.fetchPolicy ?? httpsPolicy({ dns, rules: () => rulesFrom(null) }),
    failed: (domain, cause) => logger.log('warn', 'mta-sts-policy-missing', { domain, cause }),
  })
  const strangers = places({ limit: () => Math.ceil(read.concurrency * STRANGERS), patienceMs: read.patienceMs, now })
  const pool = createPool({
    open: hostOpener({ dns, rulesFrom, ...read, abortWatch: createAbortWatch() }),
    perGroup: read.perGroup,
    strangers,
    patienceMs: read.patienceMs,
    mostIdle: MOST_IDLE,
    now,
  })
  const way: Wayfinder = {
    routes: answerBook<MailRoute>(
      (domain) => mailRoute(domain, dns, { random, most: MOST_HOSTS, ownHosts: read.ownHosts }),
      ({ type }) => ROUTE_MS[type],
      now,
    ),
    policies: options.mtaSts === false ? null : policies,
    strangers,
    levelOf: read.levelOf,
    wouldRefuse: (domain, host) => logger.log('warn', 'mta-sts-would-refuse', { domain, host }),
    pool,
  }
  const running = new Set<Promise<unknown>>()
  let closed = false

  const sendAll: Transport['send'] = async ({ envelope, content, composed, route }, signal) => {
    const { from, to } = checkEnvelope(envelope, true)
    if (signal.aborted) return { recipients: unreached(to, 'connect', 'aborted') }
    if (route !== null && route.relay !== null)
      return { recipients: unreached(to, 'connect', `the source address belongs to the relay ${route.relay}`) }
    const source: Source = route === null ? read.source : { ip: route.ip, ehlo: route.ehlo }
    const shares = byDomain(to)
    const wire = wireContent(content, composed)
    const outcomes = await Promise.all(
      shares.map((share) =>
        // What a host's own code throws is thrown before a connection; it must not hide what became of the others.
        deliver(way, { domain: share.domain, source, envelope: { from, to: share.to }, content: wire }, signal).catch(
          (error) => unreached(share.to, 'dns', String(error)),
        ),
      ),
    )
    return { recipients: inOrder(shares, outcomes) }
  }

  return {
    name: 'direct-mx',
    capabilities: {
      concurrency: read.concurrency,
      maxBytes: read.maxBytes,
      idempotent: false,
      smtpUtf8: true,
      sourceAddress: true,
      direct: true,
    },
    async send(request, signal) {
      if (closed) throw new MailError('SERVICE_STOPPED', { transport: 'direct-mx' })
      const sending = sendAll(request, signal)
      running.add(sending)
      try {
        return await sending
      } finally {
        running.delete(sending)
      }
    },
    async close() {
      closed = true
      await Promise.allSettled(running)
      await pool.close()
    },
  }
}
