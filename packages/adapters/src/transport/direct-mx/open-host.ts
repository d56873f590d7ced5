import type { ConnectionOptions } from 'node:tls'
import type { Dns, Envelope, RecipientOutcome, Reply, Stage } from '@mailwright/core'
import { connectFirst } from './connect.js'
import { type AddressRules, hostAddresses } from './host-addresses.js'
import type { TlsLevel } from './tls-level.js'
import { type OpenedSession, openSession } from './wire/open-session.js'
import type { Timeouts } from './wire/timeouts.js'

/** Whose connection it is: an address of this machine, null for whichever the system chooses, and the name it greets with (DIP-3). */
export interface Source {
  readonly ip: string | null
  readonly ehlo: string
}

export interface OutgoingMail {
  readonly envelope: Envelope
  readonly content: Uint8Array
}

/** Where one mail is to go. */
export interface Hop {
  readonly host: string
  readonly level: TlsLevel
  readonly source: Source
}

/** A session with one MX host, one mail at a time. */
export interface OpenedHost {
  /** Takes another mail. */
  readonly usable: boolean
  send(mail: OutgoingMail, signal: AbortSignal): Promise<readonly RecipientOutcome[]>
  close(): Promise<void>
}

export type Opened =
  | { readonly type: 'open'; readonly session: OpenedHost }
  | {
      readonly type: 'failed'
      readonly stage: Stage
      readonly cause: string
      /** What it said instead of a welcome. */
      readonly reply: Reply | null
      /** false: the trouble is ours, or that of one kind of TLS, and the host may be tried for other mail. */
      readonly blames: boolean
    }

export type OpenHost = (hop: Hop, signal: AbortSignal) => Promise<Opened>

export interface HostOpenerOptions {
  readonly dns: Pick<Dns, 'address'>
  readonly rulesFrom: (localAddress: string | null) => AddressRules
  readonly port: number
  readonly connectMs: number
  readonly maxMessages: number
  readonly timeouts: Timeouts
  readonly tlsOptions: ConnectionOptions
}

/** Opens sessions with MX hosts: looks up and checks the addresses, connects to the first that answers, greets, and goes over to TLS. */
export const hostOpener = (options: HostOpenerOptions): OpenHost => {
  const { dns, rulesFrom, port, connectMs, maxMessages, timeouts, tlsOptions } = options

  const open = async (
    { host, source }: Hop,
    addresses: readonly string[],
    tls: TlsLevel | 'never',
    signal: AbortSignal,
  ): Promise<Exclude<Opened, { type: 'open' }> | OpenedSession> => {
    const connected = await connectFirst(addresses, { port, localAddress: source.ip, timeoutMs: connectMs }, signal)
    if (connected.type === 'failed')
      return { type: 'failed', stage: 'connect', cause: connected.cause, reply: null, blames: !connected.ours }
    return openSession(connected.socket, { host, ehlo: source.ehlo, tls, tlsOptions, timeouts, maxMessages }, signal)
  }

  return async (hop, signal) => {
    const found = await hostAddresses(hop.host, dns, rulesFrom(hop.source.ip))
    if (found.type === 'none') return { type: 'failed', stage: 'dns', cause: found.cause, reply: null, blames: true }
    let opened = await open(hop, found.addresses, hop.level, signal)
    // Nobody asked for TLS, so a handshake that fails is no reason not to send (RFC 7435 §3).
    if (opened.type === 'failed' && opened.stage === 'tls' && hop.level === 'opportunistic' && !signal.aborted)
      opened = await open(hop, found.addresses, 'never', signal)
    if (opened.type === 'open') return opened
    return { blames: opened.stage !== 'tls' && !signal.aborted, ...opened }
  }
}
