import { randomInt } from 'node:crypto'
import { isIP } from 'node:net'
import { hostname } from 'node:os'
import type { ConnectionOptions } from 'node:tls'
import { domainToASCII } from 'node:url'
import { type Dns, type Logger, MailError } from '@mailwright/core'
import { type SmtpTimeouts, withDefaults } from '../smtp-lane/session-options.js'
import type { FetchPolicy } from './mta-sts/fetch-policy.js'
import { levelReader, type TlsLevels } from './tls-level.js'

export interface DirectMxOptions {
  /** The name to greet with (RFC 5321 §4.1.1.1), which should lead back to the address. Default: this machine's name. A mail's `route` has its own. */
  readonly ehlo?: string
  /** The address that mail without a `route` leaves from. Default: what the system chooses. */
  readonly localAddress?: string
  /** Default: the resolvers of the system. */
  readonly dns?: Dns
  /** What mail to a domain needs; what is not named goes by TLS where that works, else without. MTA-STS may ask for more, never for less. */
  readonly tls?: TlsLevels
  /**
   * Names by which MX records lead to this service itself, such as its bounce receiver: mail whose best MX is one of them would come back, and is refused; of
   * other mail they and what stands behind them is left out (RFC 5321 §5.1). Default: none.
   */
  readonly ownHosts?: readonly string[]
  /** Heeds the policies of RFC 8461. Default true. */
  readonly mtaSts?: boolean
  /** Gets the text of a policy. Default: over HTTPS, from checked addresses only. */
  readonly fetchPolicy?: FetchPolicy
  /** Authorities and the like, as for `tls.connect`; nothing that passes over the look at a certificate. */
  readonly tlsOptions?: ConnectionOptions
  /** Connections at once to the hosts of one operator, from one source address. Default 10. */
  readonly connectionsPerGroup?: number
  /** Mails under way at once, to all. Default 500. */
  readonly concurrency?: number
  /** Default 100. */
  readonly maxMessagesPerConnection?: number
  /** A connection without a mail is ended after so long. Default 20 s. */
  readonly idleMs?: number
  /** A mail waits so long at an operator's hosts where nothing moves. Default 10 s, more than a server that delays its greeting takes. */
  readonly patienceMs?: number
  /** As for `smtp`, but `connectMs` is 30 s: for TCP to each address, and for TLS. */
  readonly timeouts?: SmtpTimeouts
  /** Default 25 MiB; a server's own limit is heeded too. */
  readonly maxBytes?: number
  /** Default 25. */
  readonly port?: number
  /** Connects to private, loopback and other special addresses too. For tests, and for networks of one's own. Default false. */
  readonly allowPrivateNetworks?: boolean
  /** Told of MTA-STS policies that could not be had, and of hosts that one being tested would refuse. */
  readonly logger?: Logger
  /** From 0 to 1: the order of MX hosts of one preference. */
  readonly random?: () => number
}

const hostName = (name: string): string => {
  const ascii = domainToASCII(name.replace(/\.$/, ''))
  if (ascii !== '' && isIP(ascii) === 0) return ascii
  throw new MailError('OPTIONS_INVALID', { field: 'ownHosts', expected: 'host names' })
}

const drawn = (): number => randomInt(2 ** 32) / 2 ** 32

/** What would let a certificate pass that is not the host's, also where MTA-STS asks for it (K10). */
const loosening = ['rejectUnauthorized', 'checkServerIdentity', 'servername', 'host'] as const

const checkedTls = (given: ConnectionOptions): ConnectionOptions => {
  const field = loosening.find((one) => given[one] !== undefined)
  if (field === undefined) return given
  const expected =
    'left out: certificates are looked at only where `tls` or MTA-STS asks for it, and for the name of the host'
  throw new MailError('OPTIONS_INVALID', { field: `tlsOptions.${field}`, expected })
}

const whole = (field: string, value: number, least: number): number => {
  if (Number.isInteger(value) && value >= least) return value
  throw new MailError('OPTIONS_INVALID', { field, expected: `a whole number of at least ${least}` })
}

/** The options with their defaults. Throws OPTIONS_INVALID for what cannot be used. */
export const readOptions = (options: DirectMxOptions) => {
  const { localAddress = null, ehlo = hostname() } = options
  if (localAddress !== null && isIP(localAddress) === 0)
    throw new MailError('OPTIONS_INVALID', { field: 'localAddress', expected: 'an IP address of this machine' })
  if (!/^[\w.:[\]-]{1,255}$/.test(ehlo))
    throw new MailError('OPTIONS_INVALID', { field: 'ehlo', expected: 'a host name, or an address literal' })
  return {
    source: { ip: localAddress, ehlo },
    perGroup: whole('connectionsPerGroup', options.connectionsPerGroup ?? 10, 1),
    concurrency: whole('concurrency', options.concurrency ?? 500, 1),
    maxMessages: whole('maxMessagesPerConnection', options.maxMessagesPerConnection ?? 100, 1),
    idleMs: whole('idleMs', options.idleMs ?? 20_000, 0),
    patienceMs: whole('patienceMs', options.patienceMs ?? 10_000, 0),
    maxBytes: whole('maxBytes', options.maxBytes ?? 25 * 1_024 * 1_024, 1),
    port: whole('port', options.port ?? 25, 1),
    timeouts: withDefaults({ connectMs: 30_000, ...options.timeouts }),
    tlsOptions: checkedTls(options.tlsOptions ?? {}),
    levelOf: levelReader(options.tls),
    ownHosts: new Set((options.ownHosts ?? []).map(hostName)),
    allowPrivateNetworks: options.allowPrivateNetworks ?? false,
    random: options.random ?? drawn,
  }
}
