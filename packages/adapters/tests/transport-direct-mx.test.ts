import { directMx } from '@mailwright/adapters/transport/direct-mx'
import { scriptedPeer, transportConformance } from '@mailwright/conformance'
import type { Dns } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { aMail } from './mx-world.js'
import { receivingServer, refused } from './receiving-server.js'

/** Every domain has one MX, at this machine. */
const here: Dns = {
  mx: async (name) => ({ type: 'found', records: [{ preference: 10, exchange: `mx.${name}` }] }),
  address: async () => ({ type: 'found', records: ['127.0.0.1'] }),
  txt: async () => ({ type: 'absent' }),
  cname: async () => ({ type: 'absent' }),
}
const sendTo = (port: number) => directMx({ dns: here, port, allowPrivateNetworks: true, ehlo: 'out.mail.example' })

transportConformance({
  runner: { describe, it, expect },
  create: async () => {
    const server = await receivingServer()
    return {
      transport: sendTo(server.port),
      received: async () => server.received,
      refuses: refused,
      dispose: server.close,
    }
  },
  peer: async ({ port }) => sendTo(port),
  hostile: {},
  holding: async () => {
    const busy = await scriptedPeer({ rcpt: () => '421 4.7.0 slow down' })
    const transport = sendTo(busy.port)
    await transport.send(aMail('ann@example.org'), new AbortController().signal)
    return { transport, received: async () => busy.taken, dispose: busy.close }
  },
  skip: [{ id: 'transport/wrong-password-is-unreached', reason: 'mail to MX hosts is sent without a login' }],
})
