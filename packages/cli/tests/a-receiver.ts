import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'

export interface Receiver {
  readonly url: string
  /** The recipient of each mail, in the order they were taken. */
  readonly recipients: readonly string[]
  /** Resolves once so many have been taken. */
  taken(count: number): Promise<void>
  close(): Promise<void>
}

/** A relay on loopback that takes everything, `answerMs` after the final dot. */
export async function aReceiver({ answerMs = 0 } = {}): Promise<Receiver> {
  const recipients: string[] = []
  const waiting = new Set<() => void>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      stream.resume().on('end', async () => {
        await pause(answerMs)
        recipients.push(...session.envelope.rcptTo.map(({ address }) => address))
        done()
        for (const look of waiting) look()
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('The receiver has no port.')
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    recipients,
    taken: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (recipients.length < count) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
