import { smtp } from '@mailwright/adapters/transport/smtp'
import {
  failuresOf,
  type PeerAddress,
  recordingRunner,
  type TransportUnderTest,
  transportConformance,
  transportMutants,
} from '@mailwright/conformance'
import type { Transport } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { receivingServer, refused } from './receiving-server.js'

const create = async (): Promise<TransportUnderTest> => {
  const server = await receivingServer()
  const transport = smtp({ url: `smtp://127.0.0.1:${server.port}` })
  return { transport, received: async () => server.received, refuses: refused, dispose: server.close }
}

const peer = async ({ host, port, login }: PeerAddress): Promise<Transport> => {
  const credentials = login === undefined ? '' : `${login.user}:${login.pass}@`
  return smtp({ url: `smtp://${credentials}${host}:${port}` })
}

transportConformance({ runner: { describe, it, expect }, create, peer })

describe('the transport suite', () => {
  it.concurrent.each(transportMutants)('fails its cases for a transport that $name', async ({ spoil, fails }) => {
    const { runner, run } = recordingRunner()
    transportConformance({
      runner,
      create: async () => {
        const made = await create()
        return { ...made, transport: spoil(made.transport) }
      },
      peer: async (address) => spoil(await peer(address)),
    })
    expect(failuresOf(await run())).toEqual(fails)
  })

  it('refuses to leave out a case that does not exist', () => {
    const { runner } = recordingRunner()
    const skip = [{ id: 'transport/none', reason: 'because' }]
    expect(() => transportConformance({ runner, create, skip })).toThrow('no case transport/none')
  })
})
