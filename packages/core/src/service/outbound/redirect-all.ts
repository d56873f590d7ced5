import { headerLine } from '../../compose/index.js'
import type { Transport } from '../../ports/transport.js'

/** Sends every mail to one address, with the real one in a header: for staging systems that hold real data (HOST-3). */
export const redirectAll = (transport: Transport, mailbox: string): Transport => ({
  name: transport.name,
  capabilities: transport.capabilities,
  send({ envelope, content, ...request }, signal) {
    const header = envelope.to.map((real) => headerLine('X-Mailwright-Redirected-From', real)).join('')
    const redirected = { ...envelope, to: envelope.to.map(() => mailbox) }
    return transport.send(
      { ...request, envelope: redirected, content: Buffer.concat([Buffer.from(header), content]) },
      signal,
    )
  },
  close: () => transport.close(),
})
