import { fromNodemailer } from '@mailwright/adapters/transport/nodemailer'
import { type PeerAddress, transportConformance } from '@mailwright/conformance'
import { createTransport } from 'nodemailer'
import { describe, expect, it } from 'vitest'
import { receivingServer, refused } from './receiving-server.js'

const runner = { describe, it, expect }

/** The host's own transporter, with one connection per mail or a pool. */
const transporterTo = ({ host, port, login }: PeerAddress, pool: boolean) => {
  const auth = login === undefined ? {} : { auth: login }
  return pool
    ? createTransport({ host, port, pool: true, maxRequeues: 1, ...auth })
    : createTransport({ host, port, ...auth })
}

describe.each([
  { title: 'a plain transporter', pool: false },
  { title: 'a pooled transporter', pool: true },
])('fromNodemailer($title)', ({ pool }) => {
  transportConformance({
    runner,
    create: async () => {
      const server = await receivingServer()
      const transporter = transporterTo({ host: '127.0.0.1', port: server.port }, pool)
      return {
        transport: fromNodemailer(transporter),
        received: async () => server.received,
        refuses: refused,
        dispose: async () => {
          transporter.close()
          await server.close()
        },
      }
    },
    peer: async (address) => fromNodemailer(transporterTo(address, pool), { closeTransporter: true }),
    hostile: {
      cannot: [
        {
          id: 'transport/hostile-consent-out-of-turn',
          reason: 'nodemailer takes a 250 to DATA for leave to go on',
        },
        {
          id: 'transport/hostile-answers-before-it-is-asked',
          reason: 'nodemailer takes what a server said ahead for the answer to what it says next',
        },
      ],
    },
  })
})
