import { createServer, type Socket } from 'node:net'
import type { Copy } from './ledger.js'
import { messageIdOf } from './receiver.js'

/** An SMTP server of a few lines that shares no code with the transports: it records what it has taken the instant the final dot is there. */
export interface SmtpSink {
  readonly port: number
  readonly copies: readonly SinkCopy[]
  /** Resolves when it has taken so many copies in all. */
  taken(count: number): Promise<void>
  close(): Promise<void>
}

export interface SinkCopy extends Copy {
  /** The address it came from, and when its final dot did, in epoch milliseconds. */
  readonly source: string
  readonly at: number
}

interface Mail {
  readonly to: string[]
  content: string | null
}

/** `answerMs` is how long it lets a mail wait for its 250, so that some are always on their way. Refuses `bad…@…` for good. */
export async function smtpSink(answerMs: number | (() => number)): Promise<SmtpSink> {
  const copies: SinkCopy[] = []
  const waiting = new Set<{ readonly count: number; readonly resolve: () => void }>()
  const sockets = new Set<Socket>()

  const keep = ({ to, content }: Mail, source: string): void => {
    const at = performance.timeOrigin + performance.now()
    for (const recipient of to) copies.push({ recipient, messageId: messageIdOf(content ?? ''), source, at })
    for (const one of waiting) {
      if (copies.length < one.count) continue
      waiting.delete(one)
      one.resolve()
    }
  }

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // Whoever is killed leaves a reset behind.
    socket.on('error', () => socket.destroy())
    socket.setNoDelay(true)
    const say = (line: string) => socket.writable && socket.write(`${line}\r\n`)
    let mail: Mail = { to: [], content: null }
    let rest = ''
    const read = (line: string): void => {
      if (mail.content !== null) {
        if (line !== '.') {
          mail.content += `${line}\r\n`
          return
        }
        keep(mail, socket.remoteAddress ?? '')
        mail = { to: [], content: null }
        setTimeout(() => say('250 2.0.0 taken'), typeof answerMs === 'number' ? answerMs : answerMs())
        return
      }
      const verb = line.slice(0, 4).toUpperCase()
      const address = /<([^>]*)>/.exec(line)?.[1] ?? ''
      if (verb === 'DATA') mail.content = ''
      if (verb === 'MAIL') mail = { to: [], content: null }
      const refused = verb === 'RCPT' && address.startsWith('bad')
      if (verb === 'RCPT' && !refused) mail.to.push(address)
      say(refused ? '550 5.1.1 no such user' : verb === 'DATA' ? '354 go on' : verb === 'QUIT' ? '221 bye' : '250 ok')
      if (verb === 'QUIT') socket.end()
    }
    socket.on('data', (bytes) => {
      const lines = (rest + bytes.toString('latin1')).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) read(line)
    })
    say('220 sink')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')

  return {
    port: address.port,
    copies,
    taken: (count) =>
      copies.length >= count ? Promise.resolve() : new Promise((resolve) => waiting.add({ count, resolve })),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
