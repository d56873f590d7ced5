import { setMaxListeners } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type FixedRecords, fixedDns } from '@mailwright/adapters/dns/fixed'
import { directMx } from '@mailwright/adapters/transport/direct-mx'
import type { RecipientOutcome, SourceRoute, TransportRequest } from '@mailwright/core'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import type { Certificate } from './certificates.js'

export const never = new AbortController().signal
setMaxListeners(0, never)

export interface SeenMail {
  readonly to: readonly string[]
  /** The address it came from, and the name that was greeted with. */
  readonly from: string
  readonly ehlo: string
  readonly secure: boolean
  /** The name asked for in TLS. */
  readonly servername: string | null
}

export interface MxHost {
  readonly address: string
  readonly port: number
  readonly seen: readonly SeenMail[]
  /** Connections that were opened. */
  readonly connections: number
  /** The most at one time. */
  readonly mostAtOnce: number
}

export interface MxHostOptions {
  readonly address?: string
  /** Default: any free one. Hosts of one world share it. */
  readonly port?: number
  /** Offers STARTTLS with it; without one it does not. */
  readonly certificate?: Certificate
  /** Offers STARTTLS and cannot do it. */
  readonly brokenTls?: boolean
  /** What is said to RCPT; nothing: taken. */
  readonly refuses?: (address: string) => { readonly code: number; readonly text: string } | null
  readonly greets?: { readonly code: number; readonly text: string }
  readonly slowMs?: number
}

const failure = ({ code, text }: { readonly code: number; readonly text: string }) =>
  Object.assign(new Error(text), { responseCode: code })

/** Real SMTP servers on loopback addresses, each an MX host that keeps what it takes. */
export const mxWorld = () => {
  const closers: (() => Promise<void>)[] = []

  const host = async (options: MxHostOptions = {}): Promise<MxHost> => {
    const { address = '127.0.0.1', port = 0, certificate, brokenTls, refuses, greets, slowMs = 0 } = options
    const seen: SeenMail[] = []
    const count = { connections: 0, now: 0, most: 0 }
    const settings: SMTPServerOptions = {
      authOptional: true,
      disableReverseLookup: true,
      closeTimeout: 100,
      ...(certificate === undefined ? { disabledCommands: ['STARTTLS'] } : certificate),
      ...(brokenTls === true ? { minVersion: 'TLSv1', maxVersion: 'TLSv1' } : {}),
      onConnect(_, done) {
        count.connections += 1
        count.now += 1
        count.most = Math.max(count.most, count.now)
        done(greets === undefined ? null : failure(greets))
      },
      onClose() {
        count.now -= 1
      },
      onRcptTo({ address: recipient }, _, done) {
        const refusal = refuses?.(recipient) ?? null
        done(refusal === null ? null : failure(refusal))
      },
      onData(stream, session, done) {
        stream.resume()
        stream.on('end', () => {
          seen.push({
            to: session.envelope.rcptTo.map((one) => one.address),
            from: session.remoteAddress,
            ehlo: String(session.hostNameAppearsAs),
            secure: session.secure,
            servername: (session as { readonly servername?: string | false }).servername || null,
          })
          setTimeout(() => done(null, 'queued as TEST1'), slowMs)
        })
      },
    }
    const server = new SMTPServer(settings)
    server.on('error', () => undefined)
    await new Promise<void>((resolve) => server.listen(port, address, resolve))
    closers.push(() => new Promise((resolve) => server.close(() => resolve())))
    return {
      address,
      port: (server.server.address() as AddressInfo).port,
      seen,
      get connections() {
        return count.connections
      },
      get mostAtOnce() {
        return count.most
      },
    }
  }

  const transport = (
    zone: Readonly<Record<string, FixedRecords>>,
    options: Parameters<typeof directMx>[0] & { readonly port: number },
  ) => {
    const made = directMx({ dns: fixedDns(zone), allowPrivateNetworks: true, ehlo: 'out.mail.example', ...options })
    closers.unshift(() => made.close())
    return made
  }

  const close = async (): Promise<void> => {
    for (const one of closers.splice(0)) await one()
  }
  return { host, transport, close }
}

export const to = (...exchanges: readonly string[]): FixedRecords => ({
  mx: exchanges.map((exchange, at) => ({ preference: 10 * (at + 1), exchange })),
})
export const at = (...address: readonly string[]): FixedRecords => ({ address })

let serial = 0

export const aMail = (...recipients: readonly string[]): TransportRequest => {
  serial += 1
  return {
    id: `m${serial}`,
    route: null,
    envelope: { from: 'bounce@mail.example', to: recipients },
    content: Buffer.from(`Subject: Mail ${serial}\r\n\r\nHello.\r\n`),
  }
}

export const from = (ip: string, ehlo: string, relay: string | null = null): SourceRoute => ({ ip, ehlo, relay })

/** What an outcome comes down to: `accepted`, `550`, `connect`, `unknown`. */
export const brief = (outcome: RecipientOutcome): string | number => {
  if (outcome.type === 'refused') return outcome.reply.code
  return outcome.type === 'unreached' ? outcome.stage : outcome.type
}
