import type { ConnectionOptions } from 'node:tls'
import { MailError, type Transport } from '@mailwright/core'
// The one adapter that is built on another: an SMTP pool is a nodemailer transporter with our options.
import { fromNodemailer } from '../nodemailer/index.js'
import { loadNodemailer } from './load-nodemailer.js'
import { isLoopback, readServerUrl, type SmtpServer } from './server-url.js'

const MINUTE_MS = 60_000

/**
 * RFC 5321 §4.5.3.2 gives each command its own patience: greeting 5 min, MAIL and RCPT 5, DATA 2, a block of content 3, the answer
 * to the final dot 10. nodemailer knows connecting, the greeting and silence on the socket, and no more: `silenceMs` therefore is
 * the longest of them, so that an answer to the final dot is never given up too early, and MAIL, RCPT and DATA wait as long.
 */
export interface SmtpTimeouts {
  /** Name lookup, TCP and TLS. Default 2 min. */
  readonly connectMs?: number
  /** From the connection to the greeting. Default 5 min. */
  readonly greetingMs?: number
  /** No byte either way, in any later step. Default 10 min. */
  readonly silenceMs?: number
}

export interface SmtpOptions {
  /** `smtp://user:password@host:587` or `smtps://…`; undefined is refused, so that a forgotten variable is noticed. */
  readonly url: string | undefined
  /** Connections of the pool. Default 20. */
  readonly connections?: number
  /** A connection is replaced after so many mails. Default 100, which most relays allow. */
  readonly maxMessagesPerConnection?: number
  /** Refuse to send without TLS. Default: only with a password and a server on another machine; else TLS where it is offered. */
  readonly requireTls?: boolean
  /** Certificates and the like, as for `tls.connect`. */
  readonly tls?: ConnectionOptions
  readonly timeouts?: SmtpTimeouts
  /** The name given in EHLO; this machine's if left out. */
  readonly localName?: string
  /** The address the connections leave from. */
  readonly localAddress?: string
  /** The server takes local parts beyond ASCII (RFC 6531). Default false: nodemailer would send them to any server. */
  readonly smtpUtf8?: boolean
  /** The largest mail the server takes. Default 25 MiB. */
  readonly maxBytes?: number
}

const poolOptions = (options: SmtpOptions, server: SmtpServer, connections: number) => {
  const { connectMs = 2 * MINUTE_MS, greetingMs = 5 * MINUTE_MS, silenceMs = 10 * MINUTE_MS } = options.timeouts ?? {}
  const requireTLS = options.requireTls ?? (server.login !== null && !isLoopback(server.host))
  return {
    pool: true as const,
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: requireTLS && !server.secure,
    // A server that hides AUTH gets no mail: it would only be refused for want of it, and the refusal taken for a bounce.
    ...(server.login === null ? {} : { auth: server.login, forceAuth: true }),
    maxConnections: connections,
    maxMessages: options.maxMessagesPerConnection ?? 100,
    // One more connection for a mail whose old one turned out dead before a byte of it was read; core retries the rest.
    maxRequeues: 1,
    // nodemailer counts the greeting within the time for connecting.
    connectionTimeout: connectMs + greetingMs,
    greetingTimeout: greetingMs,
    socketTimeout: silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(options.tls === undefined ? {} : { tls: options.tls }),
    ...(options.localName === undefined ? {} : { name: options.localName }),
    ...(options.localAddress === undefined ? {} : { localAddress: options.localAddress }),
  }
}

/**
 * Hands mail to a relay over a pool of SMTP connections. Needs the peer `nodemailer`. A wrong password is `unreached` at `auth`, never
 * a bounce. Throws OPTIONS_INVALID at once for a URL it cannot use; ADDRESS_INVALID and PEER_MISSING when sending.
 */
export const smtp = (options: SmtpOptions): Transport => {
  const server = readServerUrl(options.url)
  const connections = options.connections ?? 20
  const capabilities = {
    concurrency: connections,
    maxBytes: options.maxBytes ?? 25 * 1024 * 1024,
    idempotent: false,
    smtpUtf8: options.smtpUtf8 ?? false,
    sourceAddress: false,
    direct: false,
  }
  let opened: Promise<Transport> | undefined

  const open = async (): Promise<Transport> => {
    const createTransport = await loadNodemailer()
    const transporter = createTransport(poolOptions(options, server, connections))
    return fromNodemailer(transporter, { name: 'smtp', capabilities, closeTransporter: true, direct: true })
  }

  return {
    name: 'smtp',
    capabilities,
    async send(request, signal) {
      opened ??= open()
      return (await opened).send(request, signal)
    },
    async close() {
      // Never used: there is nothing to end, and nodemailer need not be there for it.
      opened ??= Promise.reject(new MailError('SERVICE_STOPPED', { transport: 'smtp' }))
      const transport = await opened.catch(() => undefined)
      await transport?.close()
    },
  }
}
