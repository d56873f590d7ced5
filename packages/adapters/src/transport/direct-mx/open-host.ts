import type { ConnectionOptions } from 'node:tls'
import type { Dns, Envelope, Reply, Stage } from '@mailwright/core'
import type { AbortWatch } from '../smtp-lane/abort-watch.js'
import { openSession } from '../smtp-lane/open-session.js'
import type { Session } from '../smtp-lane/session.js'
import { freshMemory, type Opened as OpenedSession, type SmtpTimeouts } from '../smtp-lane/session-options.js'
import { connectFirst } from './connect.js'
import { type AddressRules, hostAddresses } from './host-addresses.js'
import type { TlsLevel } from './tls-level.js'
import { ABORTED, unlessAborted } from './unless-aborted.js'

/** Whose connection it is: an address of this machine, null for whichever the system chooses, and the name it greets with (DIP-3). */
export interface Source {
  readonly ip: string | null
  readonly ehlo: string
}

export interface OutgoingMail {
  readonly envelope: Envelope
  /** As it goes over the wire (see wire-content.ts). */
  readonly content: Buffer
}

/** Where one mail is to go. */
export interface Hop {
  readonly host: string
  readonly level: TlsLevel
  readonly source: Source
}

/** A session with one MX host, as far as it is used here: one mail at a time. */
export type OpenedHost = Pick<Session, 'usable' | 'send' | 'close'>

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
  readonly maxMessages: number
  readonly idleMs: number
  readonly timeouts: Required<SmtpTimeouts>
  readonly tlsOptions: ConnectionOptions
  readonly abortWatch: AbortWatch
}

/** Opens sessions with MX hosts: looks up and checks the addresses, connects to the first that answers, greets, and goes over to TLS. */
export const hostOpener = (options: HostOpenerOptions): OpenHost => {
  const { dns, rulesFrom, port, maxMessages, idleMs, timeouts, tlsOptions, abortWatch } = options

  const open = async (
    { host, source }: Hop,
    addresses: readonly string[],
    tls: TlsLevel | 'never',
    signal: AbortSignal,
  ): Promise<Exclude<Opened, { type: 'open' }> | OpenedSession> => {
    const connected = await connectFirst(
      addresses,
      { port, localAddress: source.ip, timeoutMs: timeouts.connectMs },
      signal,
    )
    if (connected.type === 'failed')
      return { type: 'failed', stage: 'connect', cause: connected.cause, reply: null, blames: !connected.ours }
    const session = {
      host,
      ehlo: source.ehlo,
      tls: tls === 'verified' ? ('required' as const) : tls,
      verify: tls === 'verified',
      tlsOptions,
      login: null,
      reports: false,
      timeouts,
      memory: freshMemory(),
      depth: 1,
      mails: maxMessages,
      idleMs,
      abortWatch,
    }
    return openSession({ socket: connected.socket, incoming: null }, session, signal)
  }

  return async (hop, signal) => {
    const found = await unlessAborted(hostAddresses(hop.host, dns, rulesFrom(hop.source.ip)), signal)
    if (found === ABORTED) return { type: 'failed', stage: 'dns', cause: 'aborted', reply: null, blames: false }
    if (found.type === 'none') return { type: 'failed', stage: 'dns', cause: found.cause, reply: null, blames: true }
    let opened = await open(hop, found.addresses, hop.level, signal)
    // Nobody asked for TLS, so a handshake that fails is no reason not to send (RFC 7435 §3).
    if (opened.type === 'failed' && opened.stage === 'tls' && hop.level === 'opportunistic' && !signal.aborted)
      opened = await open(hop, found.addresses, 'never', signal)
    if (opened.type === 'open') return opened
    return { blames: opened.stage !== 'tls' && !signal.aborted, ...opened }
  }
}
