import type { Transport } from '@mailwright/core'
import { type Case, registerCases, type Skipped } from '../register-cases.js'
import type { Runner } from '../runner.js'
import {
  type PeerAddress,
  type PeerBench,
  peerWorkshop,
  type TransportBench,
  type TransportUnderTest,
} from './bench.js'
import { transportCases } from './cases.js'
import { holdingCases } from './holding-cases.js'
import { hostileCases } from './hostile-cases.js'
import { peerCases } from './peer-cases.js'

export type { PeerAddress, PeerBench, ReceivedMail, TransportBench, TransportUnderTest } from './bench.js'
export { transportCases } from './cases.js'
export { holdingCases } from './holding-cases.js'
export { hostileCases } from './hostile-cases.js'
export { peerCases } from './peer-cases.js'
export {
  type Answer,
  type PeerScript,
  type RawAnswer,
  type ScriptedPeer,
  scriptedPeer,
  type TakenMail,
} from './scripted-peer.js'

export interface TransportConformanceOptions {
  readonly runner: Runner
  /** A new transport for each case, whose far side takes everything but the address it `refuses`. */
  readonly create: () => Promise<TransportUnderTest>
  /** For a transport that speaks SMTP: one that sends to a scripted server, without TLS. Left out: those cases are not registered. */
  readonly peer?: (address: PeerAddress) => Promise<Transport>
  /**
   * Holds the transport also to what it says of peers that break the protocol; needs `peer`. `cannot` declares what it does not stand: these cases are run as
   * well and have to fail, so that the declaration stays true.
   */
  readonly hostile?: { readonly cannot?: readonly Skipped[] }
  /** For a transport that ever holds mail: one that holds all it is given now. Left out: those cases are not registered. */
  readonly holding?: () => Promise<TransportUnderTest>
  /** Cases left out. Each needs a reason, which stands in the title of the suite. */
  readonly skip?: readonly Skipped[]
}

/** The same case for a transport that is said not to stand it: passes if that is so. */
const mustFail = (one: Case<PeerBench>, cannot: readonly Skipped[]): Case<PeerBench> =>
  cannot.every(({ id }) => id !== one.id)
    ? one
    : {
        id: one.id,
        run: async (bench) => {
          const stood = await one.run(bench).then(
            () => true,
            () => false,
          )
          if (stood) throw new Error(`${one.id} is declared as one that the transport does not stand, and it does.`)
        },
      }

/** Registers one test for each promise of the transport port. A case's id is its title and stays the same from version to version. */
export const transportConformance = (options: TransportConformanceOptions): void => {
  const { runner, create, peer, hostile, holding, skip = [] } = options
  const { expect } = runner
  const cannot = hostile?.cannot ?? []
  if (hostile !== undefined && peer === undefined) throw new Error('`hostile` needs `peer`.')

  const runOnTransport = (make: () => Promise<TransportUnderTest>) => async (one: Case<TransportBench>) => {
    const made = await make()
    try {
      await one.run({ ...made, expect })
    } finally {
      await made.transport.close()
      await made.dispose?.()
    }
  }
  const runOnPeer = (make: (address: PeerAddress) => Promise<Transport>) => async (one: Case<PeerBench>) => {
    const { open, close } = peerWorkshop(make)
    try {
      await one.run({ open, expect })
    } finally {
      await close()
    }
  }
  const known = [
    ...transportCases,
    ...(peer === undefined ? [] : peerCases),
    ...(hostile === undefined ? [] : hostileCases),
    ...(holding === undefined ? [] : holdingCases),
  ]
  for (const { id } of [...skip, ...cannot])
    if (!known.some((one) => one.id === id)) throw new Error(`There is no case ${id}.`)
  const register = <Bench>(
    title: string,
    cases: readonly Case<Bench>[],
    runOn: (one: Case<Bench>) => Promise<void>,
  ): void =>
    registerCases({ title, runner, cases, runOn, skip: skip.filter(({ id }) => cases.some((one) => one.id === id)) })

  register('transport', transportCases, runOnTransport(create))
  if (peer !== undefined) register('transport on a scripted SMTP peer', peerCases, runOnPeer(peer))
  if (peer !== undefined && hostile !== undefined) {
    const said = cannot.map(({ id, reason }) => `, does not stand ${id}: ${reason}`).join('')
    const cases = hostileCases.map((one) => mustFail(one, cannot))
    register(`transport on a hostile SMTP peer${said}`, cases, runOnPeer(peer))
  }
  if (holding !== undefined) register('transport that holds mail', holdingCases, runOnTransport(holding))
}
