import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { Envelope } from '@mailwright/core'
import { smtpReader } from './smtp-reader.js'

/** Bytes that need not be a reply, one for each character, and whether the connection is ended behind them. */
export interface RawAnswer {
  readonly raw: string
  readonly thenDrop?: boolean
}

/**
 * What the peer does at one step: a reply, its lines joined by a newline (`550-5.1.1 no\n550 5.1.1 such user`), `drop` the connection
 * without a word, `stall`: never answer, or bytes as they are.
 */
export type Answer = string | RawAnswer

/** What the peer says; each step left out is answered with success. */
export interface PeerScript {
  readonly greeting?: Answer
  /** Default: its name and the `extensions`. */
  readonly ehlo?: Answer
  /** EHLO keywords to announce, for instance `PIPELINING`. */
  readonly extensions?: readonly string[]
  readonly auth?: Answer
  readonly mail?: Answer
  readonly rcpt?: (address: string) => Answer
  /** The answer to the command DATA. */
  readonly data?: Answer
  /** The answer to the final dot. */
  readonly dot?: Answer
  /** Every answer comes byte by byte. */
  readonly drips?: boolean
}

/** A mail whose final dot has arrived, whatever the answer was. */
export interface TakenMail {
  readonly envelope: Envelope
  readonly content: Buffer
}

export interface ScriptedPeer {
  readonly host: string
  readonly port: number
  readonly taken: readonly TakenMail[]
  /** Every command line, as received. */
  readonly commands: readonly string[]
  /** Resolves when the first step has stalled. */
  readonly stalled: Promise<void>
  /** Ends every open connection without a word; new ones are taken. */
  readonly hangUp: () => void
  close(): Promise<void>
}

interface Session {
  from: string
  to: string[]
}

const textOf = (answer: Answer): string => (typeof answer === 'string' ? answer : answer.raw)

const pathOf = (command: string): string => /<(.*)>/.exec(command)?.[1] ?? ''

/** A raw SMTP server that does what it is told, and only that. */
export const scriptedPeer = async (script: PeerScript = {}): Promise<ScriptedPeer> => {
  const taken: TakenMail[] = []
  const commands: string[] = []
  const sockets = new Set<Socket>()
  let stall: () => void = () => undefined
  const stalled = new Promise<void>((resolve) => {
    stall = resolve
  })

  /** What is said on each connection, in order. */
  const said = new WeakMap<Socket, Promise<void>>()
  const write = (socket: Socket, bytes: Buffer): Promise<void> =>
    new Promise((resolve) => {
      if (socket.destroyed) resolve()
      else socket.write(bytes, () => resolve())
    })
  const say = (socket: Socket, bytes: Buffer, thenDrop: boolean): void => {
    const words = async (): Promise<void> => {
      const pieces = script.drips === true ? bytes.length : Math.min(1, bytes.length)
      const length = bytes.length / Math.max(1, pieces)
      for (let at = 0; at < pieces; at += 1) await write(socket, bytes.subarray(at * length, (at + 1) * length))
      // What was said arrives; no word of what the other says is read any more.
      if (thenDrop) socket.end(() => socket.destroy())
    }
    said.set(socket, (said.get(socket) ?? Promise.resolve()).then(words))
  }

  const give = (socket: Socket, answer: Answer): void => {
    if (answer === 'stall') stall()
    else if (answer === 'drop') socket.destroy()
    else if (typeof answer === 'string') say(socket, Buffer.from(`${answer.replaceAll('\n', '\r\n')}\r\n`), false)
    else say(socket, Buffer.from(answer.raw, 'latin1'), answer.thenDrop === true)
  }

  const ehlo = (): Answer => {
    const lines = ['peer.test', ...(script.auth === undefined ? [] : ['AUTH PLAIN']), ...(script.extensions ?? [])]
    return lines.map((line, index) => `250${index === lines.length - 1 ? ' ' : '-'}${line}`).join('\n')
  }

  const answerTo = (command: string, session: Session): Answer => {
    const verb = command.slice(0, 4).toUpperCase()
    if (verb === 'EHLO') return script.ehlo ?? ehlo()
    if (verb === 'HELO') return '250 peer.test'
    if (verb === 'AUTH') return script.auth ?? '502 5.5.1 no'
    if (verb === 'MAIL') {
      session.from = pathOf(command)
      session.to = []
      return script.mail ?? '250 2.1.0 ok'
    }
    if (verb === 'RCPT') {
      const answer = script.rcpt?.(pathOf(command)) ?? '250 2.1.5 ok'
      if (textOf(answer).startsWith('2')) session.to.push(pathOf(command))
      return answer
    }
    if (verb === 'DATA') return session.to.length === 0 ? '554 5.5.1 no recipients' : (script.data ?? '354 go on')
    if (verb === 'QUIT') return '221 2.0.0 bye'
    return verb === 'RSET' || verb === 'NOOP' ? '250 2.0.0 ok' : '502 5.5.1 not implemented'
  }

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    socket.setNoDelay(true)
    const session: Session = { from: '', to: [] }
    const read = smtpReader({
      command: (line) => {
        commands.push(line)
        const answer = answerTo(line, session)
        give(socket, answer)
        return /^data$/i.test(line.trim()) && textOf(answer).startsWith('3') ? 'content' : 'command'
      },
      content: (content) => {
        taken.push({ envelope: { from: session.from, to: [...session.to] }, content })
        give(socket, script.dot ?? '250 2.0.0 Ok: queued as 4TEST1')
      },
    })
    socket.on('data', read)
    give(socket, script.greeting ?? '220 peer.test ESMTP')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy()
  }

  return {
    host: '127.0.0.1',
    port,
    taken,
    commands,
    stalled,
    hangUp,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        hangUp()
      }),
  }
}
