import type { ConnectionOptions } from 'node:tls'
import type { Reply, Stage } from '@mailwright/core'
import type { AbortWatch } from './abort-watch.js'
import type { Session } from './session.js'

const MINUTE_MS = 60_000

/** RFC 5321 §4.5.3.2: how long each answer may take, from its question to its last byte; bytes that trickle in buy no time. */
export interface SmtpTimeouts {
  /** Name lookup, TCP, and TLS. Default 2 min. */
  readonly connectMs?: number
  /** From the connection to the greeting. Default 5 min. */
  readonly greetingMs?: number
  /** EHLO, STARTTLS, AUTH, MAIL and RCPT, each. Default 5 min. */
  readonly commandMs?: number
  /** DATA. Default 2 min. */
  readonly dataMs?: number
  /** The server takes a block of the content. Default 3 min. */
  readonly blockMs?: number
  /** The answer to the final dot. Default 10 min: given up earlier, a mail that arrives is sent twice. */
  readonly dotMs?: number
}

export const withDefaults = (given: SmtpTimeouts = {}): Required<SmtpTimeouts> => ({
  connectMs: given.connectMs ?? 2 * MINUTE_MS,
  greetingMs: given.greetingMs ?? 5 * MINUTE_MS,
  commandMs: given.commandMs ?? 5 * MINUTE_MS,
  dataMs: given.dataMs ?? 2 * MINUTE_MS,
  blockMs: given.blockMs ?? 3 * MINUTE_MS,
  dotMs: given.dotMs ?? 10 * MINUTE_MS,
})

/** What the server is told to know us by. `token` is asked for at each login: access tokens expire. */
export type Login =
  | { readonly user: string; readonly pass: string }
  | { readonly user: string; readonly token: () => Promise<string> }

/** What has been learnt of a host from earlier sessions, for all later ones. One object a host, changed by its sessions. */
export interface HostMemory {
  /** Whether the next envelope may follow the final dot at once. RFC 2920 allows it; some servers answer 503. */
  overlap: 'untried' | 'works' | 'fails'
}

export const freshMemory = (): HostMemory => ({ overlap: 'untried' })

export interface SessionOptions {
  /** What certificates are checked for, and what TLS asks for by SNI. */
  readonly host: string
  /** The name given in EHLO (RFC 5321 §4.1.1.1). */
  readonly ehlo: string
  /** Where the connection is not under TLS already. required: STARTTLS or nothing; opportunistic: STARTTLS where it is offered; never: not even then. */
  readonly tls: 'required' | 'opportunistic' | 'never'
  /** false: any certificate will do, which is what most MX hosts have. */
  readonly verify: boolean
  readonly tlsOptions: ConnectionOptions
  readonly login: Login | null
  /** Asks for reports of failure and delay that give back the headers alone, where the server knows how (RFC 3461). */
  readonly reports: boolean
  readonly timeouts: Required<SmtpTimeouts>
  readonly memory: HostMemory
  /** Mails that may be under way in the session; more than one are pipelined. */
  readonly depth: number
  /** The session takes so many mails. */
  readonly mails: number
  /** Without a mail it is ended after so long. */
  readonly idleMs: number
  readonly abortWatch: AbortWatch
}

export type Opened =
  | { readonly type: 'open'; readonly session: Session }
  | { readonly type: 'failed'; readonly stage: Stage; readonly cause: string; readonly reply: Reply | null }
