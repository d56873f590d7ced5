import type { Envelope, RecipientOutcome, Stage, Transport, TransportRequest } from '@mailwright/core'
import type { Runner } from '../runner.js'
import { type PeerScript, type ScriptedPeer, scriptedPeer } from './scripted-peer.js'

export interface ReceivedMail {
  /** null where the far side keeps no envelope. */
  readonly envelope: Envelope | null
  readonly content: Uint8Array
}

/** A transport of its own for one case, and a look at its far side. */
export interface TransportUnderTest {
  readonly transport: Transport
  /** What has arrived, in any order. */
  readonly received: () => Promise<readonly ReceivedMail[]>
  /** An address the far side refuses. A transport without one leaves out `transport/refusal-is-a-value`. */
  readonly refuses?: string
  /** Frees what was taken. The transport may be closed already. */
  readonly dispose?: () => Promise<void>
}

/** Where a transport that speaks SMTP has to send to. */
export interface PeerAddress {
  readonly host: string
  readonly port: number
  readonly login?: { readonly user: string; readonly pass: string }
}

export interface TransportBench extends TransportUnderTest {
  readonly expect: Runner['expect']
}

export interface PeerBench {
  readonly expect: Runner['expect']
  /** A peer that follows the script, and a transport that sends to it. */
  readonly open: (
    script: PeerScript,
    login?: PeerAddress['login'],
  ) => Promise<{ peer: ScriptedPeer; transport: Transport }>
}

export const never: AbortSignal = new AbortController().signal

export const ann = 'ann@example.org'
export const bob = 'bob@example.org'
export const eve = 'eve@example.org'

let serial = 0

/** A mail with an id of its own; the content says which. */
export const aMail = (
  given: { readonly to?: readonly string[]; readonly from?: string; readonly content?: Uint8Array } = {},
) => {
  serial += 1
  const id = `0190a000-0000-7000-8000-${String(serial).padStart(12, '0')}`
  const { to = [ann], from = 'bounce@mail.example' } = given
  const content = given.content ?? Buffer.from(`Subject: Mail ${id}\r\n\r\nHello.\r\n`)
  return { id, envelope: { from, to }, content, route: null } satisfies TransportRequest
}

export const outcomesOf = async (
  transport: Transport,
  request: TransportRequest,
  signal: AbortSignal = never,
): Promise<readonly RecipientOutcome[]> => (await transport.send(request, signal)).recipients

export const typesOf = (outcomes: readonly RecipientOutcome[]): readonly string[] => outcomes.map(({ type }) => type)

export const stagesOf = (outcomes: readonly RecipientOutcome[]): readonly (Stage | string)[] =>
  outcomes.map((outcome) => (outcome.type === 'unreached' ? outcome.stage : outcome.type))

export const bytesOf = (content: Uint8Array): string => Buffer.from(content).toString('latin1')

/** Opens peers and transports for one case and closes them all at its end. */
export const peerWorkshop = (make: (address: PeerAddress) => Promise<Transport>) => {
  const opened: { close(): Promise<void> }[] = []
  const open: PeerBench['open'] = async (script, login) => {
    const peer = await scriptedPeer(script)
    const transport = await make({ host: peer.host, port: peer.port, ...(login === undefined ? {} : { login }) })
    // The peer goes first: a transport that waits for an answer which never comes would not close.
    opened.push(peer, transport)
    return { peer, transport }
  }
  const close = async (): Promise<void> => {
    for (const one of opened) await one.close()
  }
  return { open, close }
}
