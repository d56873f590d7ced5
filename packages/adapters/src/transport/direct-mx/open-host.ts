import type { Envelope, RecipientOutcome, Reply, Stage } from '@mailwright/core'
import type { TlsLevel } from './tls-level.js'

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
