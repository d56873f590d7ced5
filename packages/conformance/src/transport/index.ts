import type { Transport } from '@mailwright/core'
import { registerCases, type Skipped } from '../register-cases.js'
import type { Runner } from '../runner.js'
import { type PeerAddress, peerWorkshop, type TransportUnderTest } from './bench.js'
import { transportCases } from './cases.js'
import { peerCases } from './peer-cases.js'

export type { PeerAddress, PeerBench, ReceivedMail, TransportBench, TransportUnderTest } from './bench.js'
export { transportCases } from './cases.js'
export { peerCases } from './peer-cases.js'
export { type Answer, type PeerScript, type ScriptedPeer, scriptedPeer, type TakenMail } from './scripted-peer.js'

export interface TransportConformanceOptions {
  readonly runner: Runner
  /** A new transport for each case, whose far side takes everything but the address it `refuses`. */
  readonly create: () => Promise<TransportUnderTest>
  /** For a transport that speaks SMTP: one that sends to a scripted server, without TLS. Left out: those cases are not registered. */
  readonly peer?: (address: PeerAddress) => Promise<Transport>
  /** Cases left out. Each needs a reason, which stands in the title of the suite. */
  readonly skip?: readonly Skipped[]
}

/** Registers one test for each promise of the transport port. A case's id is its title and stays the same from version to version. */
export const transportConformance = ({ runner, create, peer, skip = [] }: TransportConformanceOptions): void => {
  const known = [...transportCases, ...(peer === undefined ? [] : peerCases)]
  for (const { id } of skip) if (!known.some((one) => one.id === id)) throw new Error(`There is no case ${id}.`)
  const { expect } = runner
  registerCases({
    title: 'transport',
    runner,
    cases: transportCases,
    skip: skip.filter(({ id }) => transportCases.some((one) => one.id === id)),
    runOn: async (one) => {
      const made = await create()
      try {
        await one.run({ ...made, expect })
      } finally {
        await made.transport.close()
        await made.dispose?.()
      }
    },
  })
  if (peer === undefined) return
  registerCases({
    title: 'transport on a scripted SMTP peer',
    runner,
    cases: peerCases,
    skip: skip.filter(({ id }) => peerCases.some((one) => one.id === id)),
    runOn: async (one) => {
      const { open, close } = peerWorkshop(peer)
      try {
        await one.run({ open, expect })
      } finally {
        await close()
      }
    },
  })
}
