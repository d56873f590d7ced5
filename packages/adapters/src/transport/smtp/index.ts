import { hostname } from 'node:os'
import type { ConnectionOptions } from 'node:tls'
import { MailError, type Transport } from '@mailwright/core'
import { createAbortWatch } from '../smtp-lane/abort-watch.js'
import { type HeadersFor, withHeaders } from '../smtp-lane/added-headers.js'
import { checkEnvelope } from '../smtp-lane/check-envelope.js'
import { openSession } from '../smtp-lane/open-session.js'
import {
  freshMemory,
  type Login,
  type Opened,
  type SessionOptions,
  type SmtpTimeouts,
  withDefaults,
} from '../smtp-lane/session-options.js'
import { tlsOptionsOf } from '../smtp-lane/tls-options.js'
import { wireContent } from '../smtp-lane/wire-content.js'
import { bySource } from './by-source.js'
import { connectTo } from './connect.js'
import { createPool } from './pool.js'
import { isLoopback, readServerUrl, type SmtpServer } from './server-url.js'

export type { HeadersFor } from '../smtp-lane/added-headers.js'
export type { SmtpTimeouts } from '../smtp-lane/session-options.js'

export interface SmtpOptions {
  /** `smtp://user:password@host:587` or `smtps://…`; undefined is refused, so that a forgotten variable is noticed. */
  readonly url: string | undefined
  /** Connections at once. Default 20. */
  readonly connections?: number
  /** A connection is replaced after so many mails, or when the server says that it were too many (421). Default 500. */
  readonly maxMessagesPerConnection?: number
  /** Refuse to send without TLS. Default: only with a password and a server on another machine; else TLS where it is offered. */
  readonly requireTls?: boolean
  /**
   * With `requireTls: false`: the password or token may go to another machine in plain text, where anybody on the way reads it or takes STARTTLS out of what the
   * server offers. Default false: that is refused. For networks of one's own.
   */
  readonly plainTextLogin?: boolean
  /** Certificates and the like, as for `tls.connect`. */
  readonly tls?: ConnectionOptions
  readonly timeouts?: SmtpTimeouts
  /**
   * Asks the relay for reports of failure and delay that give back the headers alone (RFC 3461: NOTIFY, RET), where it announces DSN. Default false: most relays
   * report failures unasked, and give back what they like.
   */
  readonly reports?: boolean
  /** A connection without a mail is ended after so long. Default 30 s. */
  readonly idleMs?: number
  /** Gives an OAuth 2 access token at each login (XOAUTH2), for the user of the URL; the URL's password is not used then. */
  readonly accessToken?: () => Promise<string>
  /** The name given in EHLO; this machine's if left out. */
  readonly localName?: string
  /** The address the connections leave from. */
  readonly localAddress?: string
  /** Mail with a `route` leaves from its address, which is one of this machine, and with its name (DIP-3), over as many connections of its own. Default false. */
  readonly sourceAddress?: boolean
  /** The server takes local parts beyond ASCII (RFC 6531). Default false: they are refused as ADDRESS_INVALID then. A server that has not announced it gets none in any case. */
  readonly smtpUtf8?: boolean
  /** The largest mail the server takes. Default 25 MiB. */
  readonly maxBytes?: number
  /**
   * Headers for the relay, put before the finished mail: `sendgridHeaders`, `mailgunHeaders`, `postmarkHeaders` or `sesHeaders`, so that the provider's events name
   * our message. Default none.
   */
  readonly headersFor?: HeadersFor
}

/** Mails under way on one connection: one waits for the answer to its final dot, one for those to its envelope, one to be written behind it. */
const DEPTH = 3

const sessionOptions = (options: SmtpOptions, server: SmtpServer): Omit<SessionOptions, 'abortWatch'> => {
  const login: Login | null =
    options.accessToken === undefined || server.login === null
      ? server.login
      : { user: server.login.user, token: options.accessToken }
  const exposed = login !== null && !isLoopback(server.host)
  const required = options.requireTls ?? exposed
  if (exposed && !required && !server.secure && options.plainTextLogin !== true) {
    const expected = 'true or left out, since the password would go in plain text; or plainTextLogin: true beside it'
    throw new MailError('OPTIONS_INVALID', { field: 'requireTls', expected })
  }
  return {
    host: server.host,
    ehlo: options.localName ?? hostname(),
    tls: server.secure || required ? 'required' : 'opportunistic',
    verify: true,
    tlsOptions: options.tls ?? {},
    login,
    reports: options.reports ?? false,
    timeouts: withDefaults(options.timeouts),
    memory: freshMemory(),
    depth: DEPTH,
    mails: options.maxMessagesPerConnection ?? 500,
    idleMs: options.idleMs ?? 30_000,
  }
}

/**
 * Hands mail to a relay over pipelined SMTP connections that are used again (RFC 2920): one write and one round trip a mail. A wrong password is `unreached` at
 * `auth`, never a bounce. Throws OPTIONS_INVALID at once for a URL it cannot use, ADDRESS_INVALID when sending.
 */
export const smtp = (options: SmtpOptions): Transport =>
  options.sourceAddress === true
    ? bySource((source) =>
        relayed(source === null ? options : { ...options, localAddress: source.ip, localName: source.ehlo }),
      )
    : relayed(options)

const relayed = (options: SmtpOptions): Transport => {
  const server = readServerUrl(options.url)
  const connections = options.connections ?? 20
  const capabilities = {
    concurrency: Math.ceil(connections * DEPTH * 1.25),
    maxBytes: options.maxBytes ?? 25 * 1024 * 1024,
    idempotent: false,
    smtpUtf8: options.smtpUtf8 ?? false,
    sourceAddress: false,
    direct: false,
  }
  const abortWatch = createAbortWatch()
  const session = { ...sessionOptions(options, server), abortWatch }
  const target = {
    host: server.host,
    port: server.port,
    localAddress: options.localAddress ?? null,
    timeoutMs: session.timeouts.connectMs,
    tls: server.secure ? tlsOptionsOf(session) : null,
  }
  // A connection belongs to no mail: it is opened for whichever comes next, and ends with the transport.
  const open = async (signal: AbortSignal): Promise<Opened> => {
    const connected = await connectTo(target, abortWatch, signal)
    if (connected.type === 'failed') return { ...connected, reply: null }
    return openSession(connected.connection, session, signal)
  }
  const pool = createPool({ open, connections, abortWatch, now: () => performance.now() })
  let closed: Promise<void> | undefined

  return {
    name: 'smtp',
    capabilities,
    // One promise a mail: what is thrown in here rejects it.
    send: ({ id, envelope, content, composed }, signal) =>
      new Promise((resolve) => {
        if (closed !== undefined) throw new MailError('SERVICE_STOPPED', { transport: 'smtp' })
        const checked = checkEnvelope(envelope, capabilities.smtpUtf8)
        if (signal.aborted)
          resolve({ recipients: checked.to.map(() => ({ type: 'unreached', stage: 'connect', cause: 'aborted' })) })
        else
          pool.send(
            checked,
            wireContent(withHeaders(options.headersFor, id, content), composed),
            signal,
            (recipients) => resolve({ recipients }),
          )
      }),
    close() {
      closed ??= pool.close()
      return closed
    },
  }
}
