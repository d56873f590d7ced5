import { smtp } from '@mailwright/adapters/transport/smtp'
import type { PeerAddress, TransportUnderTest } from '@mailwright/conformance'
import type { Transport } from '@mailwright/core'
import { receivingServer, refused } from './receiving-server.js'

/** `smtp` against a real server. */
export const create = async (): Promise<TransportUnderTest> => {
  const server = await receivingServer()
  const transport = smtp({ url: `smtp://127.0.0.1:${server.port}` })
  return { transport, received: async () => server.received, refuses: refused, dispose: server.close }
}

/** `smtp` against a scripted one. */
export const peer = async ({ host, port, login }: PeerAddress): Promise<Transport> => {
  const credentials = login === undefined ? '' : `${login.user}:${login.pass}@`
  return smtp({ url: `smtp://${credentials}${host}:${port}` })
}
