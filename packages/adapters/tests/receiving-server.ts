import type { AddressInfo } from 'node:net'
import type { ReceivedMail } from '@mailwright/conformance'
import { SMTPServer, type SMTPServerAddress } from 'smtp-server'

/** The address this server refuses. */
export const refused = 'nobody@example.org'

export interface ReceivingServer {
  readonly port: number
  readonly received: readonly ReceivedMail[]
  close(): Promise<void>
}

const addressOf = (given: SMTPServerAddress | false): string => (given === false ? '' : given.address)

/** A real SMTP server (npm smtp-server) that keeps what it takes. */
export const receivingServer = async (): Promise<ReceivingServer> => {
  const received: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _, done) {
      done(address === refused ? Object.assign(new Error('5.1.1 No such user'), { responseCode: 550 }) : null)
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const to = envelope.rcptTo.map(addressOf)
        received.push({ envelope: { from: addressOf(envelope.mailFrom), to }, content: Buffer.concat(chunks) })
        done(null, 'queued as TEST1')
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return { port, received, close: () => new Promise((resolve) => server.close(() => resolve())) }
}
