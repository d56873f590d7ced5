import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface Receiver {
  readonly url: string
  readonly mails: readonly { readonly to: string; readonly content: string }[]
  close(): Promise<void>
}

/** A real SMTP server on loopback that takes everything and keeps it. */
export async function startReceiver(): Promise<Receiver> {
  const mails: { to: string; content: string }[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onData(stream, { envelope }, answer) {
      const pieces: Buffer[] = []
      stream.on('data', (piece: Buffer) => pieces.push(piece))
      stream.on('end', () => {
        const content = Buffer.concat(pieces).toString()
        for (const { address } of envelope.rcptTo) mails.push({ to: address, content })
        answer()
      })
    },
  })
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const { port } = listening.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
