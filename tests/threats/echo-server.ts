import { type RawServer, rawSmtpServer } from '../../packages/adapters/tests/raw-smtp-server.js'

/** Where it refuses; `nowhere`: it takes everything. */
export type EchoAt =
  | 'nowhere'
  | 'greeting'
  | 'EHLO'
  | 'AUTH'
  | 'MAIL'
  | 'RCPT'
  | 'DATA'
  | 'dot'
  | 'dot, for now'
  | 'hang up'

export interface EchoServer {
  readonly server: RawServer
  /** Whether it has refused something. */
  refused(): boolean
}

const decoded = (piece: string): string => {
  const words = piece.match(/[A-Za-z0-9+/]{8,}=*/g) ?? []
  return words
    .map((word) =>
      Buffer.from(word, 'base64')
        .toString('latin1')
        .replace(/[^ -~]/g, ' '),
    )
    .join(' ')
}

/** A server that speaks of whatever it was told: each refusal repeats it, in plain and as it was encoded. */
export async function echoServer(at: EchoAt): Promise<EchoServer> {
  let refusals = at === 'greeting' ? 1 : 0
  let heard = ''
  const server = await rawSmtpServer(
    (piece, { say, socket }) => {
      // What belongs to a mail: nobody repeats a login to those who send.
      heard = piece.startsWith('MAIL') ? piece : `${heard}${piece}`.slice(-4_000)
      const refuse = (code: string) => {
        refusals += 1
        const lines = `${piece} ${decoded(piece)} ${heard}`.split(/\r?\n/).filter((line) => line !== '')
        const all = lines.slice(0, 60).map((line) => line.slice(0, 400))
        say(...all.map((line) => `${code.slice(0, 3)}-${code.slice(4)} ${line}`), `${code} no such user`)
      }
      if (at === 'EHLO' && /^(?:EHLO|HELO)/.test(piece)) return refuse('554 5.7.1')
      if (piece.startsWith('EHLO')) return say('250-raw.test', '250 AUTH PLAIN XOAUTH2')
      if (at === 'AUTH' && piece.startsWith('AUTH')) return refuse('535 5.7.8')
      if (piece.startsWith('AUTH')) return say('235 2.7.0 welcome')
      if (piece.startsWith('QUIT')) return say('221 bye')
      if (
        piece.startsWith('MAIL') ||
        piece.startsWith('RCPT') ||
        piece.startsWith('DATA') ||
        piece.startsWith('RSET')
      ) {
        // Without PIPELINING each command comes alone.
        if (piece.startsWith(at)) return refuse('550 5.1.1')
        return say(piece.startsWith('DATA') ? '354 go on' : '250 2.1.0 ok')
      }
      if (!piece.endsWith('\r\n.\r\n')) return
      if (at === 'hang up') return void socket.destroy()
      if (at === 'dot') return refuse('550 5.7.1')
      if (at === 'dot, for now') return refuse('451 4.7.1')
      say(`250 2.0.0 ok ${heard.replace(/\s+/g, ' ').slice(-300)}`)
    },
    at === 'greeting' ? { greeting: ['554 5.7.1 kanari'] } : {},
  )
  return { server, refused: () => refusals > 0 }
}
