import type { AddressInfo } from 'node:net'
import type { SecureContextOptions } from 'node:tls'
import { type Ingest, type Logger, MailError, redactingLogger } from '@mailwright/core'
import type { SMTPServer, SMTPServerOptions, SMTPServerSession } from 'smtp-server'
import { createPerAddress, endLateConnections } from './connection-limits.js'
import { loadSmtpServer } from './load-smtp-server.js'
import { readContent } from './read-content.js'

export interface SmtpIntakeOptions {
  /** The service whose return paths this server stands for. */
  readonly mail: { readonly ingest: Pick<Ingest, 'mail' | 'takes'> }
  /** Default 25, where other servers deliver to. 0: any that is free. */
  readonly port?: number
  /** The address to listen on. Default: all. */
  readonly host?: string
  /** The name in the greeting, that of the MX record. Default: this machine's. */
  readonly name?: string
  /** Addresses to which feedback loops report; everything else must be a return path of ours. */
  readonly complaints?: readonly string[]
  /** Certificate and key; with them STARTTLS is offered. */
  readonly tls?: Pick<SecureContextOptions, 'key' | 'cert' | 'ca' | 'passphrase' | 'minVersion'>
  readonly limits?: SmtpIntakeLimits
  readonly logger?: Logger
}

export interface SmtpIntakeLimits {
  /** Octets of one mail. Default 1 MiB, which core reads at most. */
  readonly mailBytes?: number
  /** Default 100 at once, 20 of one address, or of one /64 of IPv6. */
  readonly connections?: number
  readonly connectionsPerAddress?: number
  /** Mails of one connection. Default 50. */
  readonly mailsPerConnection?: number
  /** Recipients of one mail. Default 10. */
  readonly recipients?: number
  /** Without a byte from the client. Default 1 min. */
  readonly silenceMs?: number
  /** Of a connection in all. Default 10 min. */
  readonly connectionMs?: number
}

export interface SmtpIntake {
  /** Listens. @throws PEER_MISSING, or what the operating system says (a port that is taken, or not allowed). */
  start(): Promise<{ readonly port: number }>
  /** Takes no more connections, lets those that are open end. */
  stop(): Promise<void>
}

const refusal = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode })

/**
 * The server behind the MX of a sender domain: takes notices that are addressed to return paths of ours and gives them to `ingest`. It answers 250 only when what a notice says
 * is stored (REL-4), refuses every other recipient at RCPT, relays nothing and never sends mail, so that it makes no backscatter (T14). Needs the peer `smtp-server`.
 */
export const smtpIntake = (options: SmtpIntakeOptions): SmtpIntake => {
  const { mail, port = 25, host } = options
  if (typeof mail?.ingest?.mail !== 'function')
    throw new MailError('OPTIONS_INVALID', { field: 'mail', expected: 'the mail service' })
  const logger = redactingLogger(options.logger)
  const complaints = new Set((options.complaints ?? []).map((address) => address.toLowerCase()))
  let running: SMTPServer | null = null
  return {
    async start() {
      if (running) throw new MailError('OPTIONS_INVALID', { field: 'intake', expected: 'one that is not started yet' })
      const Server = await loadSmtpServer()
      const server = new Server(serverOptions(options, complaints, logger))
      // Of single connections: they end, and others go on.
      server.on('error', (error) => logger.log('info', 'intake-connection', { error }))
      endLateConnections(server.server, options.limits?.connectionMs ?? 600_000)
      await new Promise<void>((resolve, reject) => {
        server.server.once('error', reject)
        server.listen(port, host, () => {
          server.server.off('error', reject)
          resolve()
        })
      })
      running = server
      return { port: (server.server.address() as AddressInfo).port }
    },
    async stop() {
      const server = running
      running = null
      if (server) await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function serverOptions(options: SmtpIntakeOptions, complaints: ReadonlySet<string>, logger: Logger): SMTPServerOptions {
  const { mail, limits = {}, tls, name } = options
  const { mailBytes = 1_048_576, mailsPerConnection = 50 } = limits
  const addresses = createPerAddress(limits.connectionsPerAddress ?? 20)
  const counted = new Set<string>()
  const isOurs = (address: string) => complaints.has(address.toLowerCase()) || mail.ingest.takes(address)

  const take = async (content: Uint8Array, { envelope }: SMTPServerSession): Promise<void> => {
    const to = [...new Set(envelope.rcptTo.map(({ address }) => address))]
    const paths = to.filter((address) => !complaints.has(address.toLowerCase()))
    for (const path of paths) await mail.ingest.mail(content, { to: path })
    if (paths.length < to.length) await mail.ingest.mail(content)
  }

  return {
    ...(tls ?? {}),
    ...(name === undefined ? {} : { name }),
    banner: 'notices only',
    disabledCommands: tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    size: mailBytes,
    maxClients: limits.connections ?? 100,
    maxRecipients: limits.recipients ?? 10,
    maxAllowedUnauthenticatedCommands: 1_000,
    maxCommandLength: 2_048,
    socketTimeout: limits.silenceMs ?? 60_000,
    closeTimeout: 5_000,
    onConnect({ id, remoteAddress }, done) {
      if (!addresses.enter(remoteAddress)) return done(refusal(421, '4.7.0 Too many connections from your address'))
      counted.add(id)
      done()
    },
    onClose({ id, remoteAddress }) {
      if (counted.delete(id)) addresses.leave(remoteAddress)
    },
    onMailFrom(_, { transaction }, done) {
      done(transaction > mailsPerConnection ? refusal(421, '4.7.0 Enough for one connection') : null)
    },
    onRcptTo({ address }, _, done) {
      done(isOurs(address) ? null : refusal(550, '5.1.1 No such user here'))
    },
    onData(stream, session, done) {
      readContent(stream, mailBytes)
        .then(async (content) => {
          if (content === null) return done(refusal(552, '5.3.4 Message too big'))
          await take(content, session)
          done(null, '2.0.0 Stored')
        })
        .catch((error: unknown) => {
          logger.log('warn', 'intake-not-stored', { error })
          done(refusal(451, '4.3.0 Not stored, come again'))
        })
    },
  }
}
