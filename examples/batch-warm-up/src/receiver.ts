import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { accidentOf, indexOf } from './recipients.js'

/** What the receiving side knows, by itself: read back from its own files, never from the sender's store. */
export interface Recount {
  /** Recipients by the simulated day on which they were first asked for, and how many of those got their mail. */
  readonly days: ReadonlyMap<string, { readonly asked: number; readonly stored: number }>
  /** Mails stored more than once for one recipient. */
  readonly doubled: number
  readonly stored: number
}

export interface Receiver {
  readonly port: number
  recount(): Recount
  close(): Promise<void>
}

const EML_KEPT = 5
const refusal = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code })

/** A real SMTP server on loopback that parses and keeps what arrives, and has the accidents of the list. Its files survive kill -9. */
export async function startReceiver(dir: string, today: () => string): Promise<Receiver> {
  mkdirSync(join(dir, 'eml'), { recursive: true })
  const asked = join(dir, 'asked.log')
  const stored = join(dir, 'stored.log')
  const seen = new Set(lines(asked).map(([address]) => address))
  let kept = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    disableReverseLookup: true,
    onRcptTo({ address }, _session, answer) {
      const accident = accidentOf(indexOf(address))
      const first = !seen.has(address)
      seen.add(address)
      if (first) appendFileSync(asked, `${address} ${today()}\n`)
      if (accident === 'unknown-user') return answer(refusal(550, '5.1.1 No such user here'))
      if (accident === 'mailbox-full') return answer(refusal(452, '4.2.2 Mailbox full'))
      if (accident === 'try-later' && first) return answer(refusal(421, '4.7.0 Try again later'))
      if (accident === 'drop' && first) return destroy(_session)
      answer()
    },
    onData(stream, session, answer) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const [to] = session.envelope.rcptTo
        void keep(Buffer.concat(chunks), to?.address ?? '').then(() => answer(), answer)
      })
    },
  })

  async function keep(content: Buffer, to: string): Promise<void> {
    const mail = await PostalMime.parse(content)
    if (kept < EML_KEPT) writeFileSync(join(dir, 'eml', `${++kept}.eml`), content)
    appendFileSync(stored, `${to} ${mail.messageId ?? ''}\n`)
  }

  const sockets = new Map<string, { destroy(): void }>()
  server.server.on('connection', (socket) => {
    sockets.set(`${socket.remotePort}`, socket)
    socket.on('close', () => sockets.delete(`${socket.remotePort}`))
  })
  function destroy(session: { readonly remotePort?: number }): void {
    sockets.get(`${session.remotePort}`)?.destroy()
  }

  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    recount: () => recount(lines(asked), lines(stored)),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

const lines = (file: string): readonly (readonly [string, string])[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line.includes(' '))
        .map((line) => line.split(' ') as unknown as [string, string])
    : []

function recount(
  asked: readonly (readonly [string, string])[],
  stored: readonly (readonly [string, string])[],
): Recount {
  const list = (address: string) => indexOf(address) >= 0
  const mails = new Map<string, number>()
  for (const [address] of stored) if (list(address)) mails.set(address, (mails.get(address) ?? 0) + 1)
  const days = new Map<string, { asked: number; stored: number }>()
  const counted = new Set<string>()
  for (const [address, day] of asked) {
    if (!list(address) || counted.has(address)) continue
    counted.add(address)
    const known = days.get(day) ?? { asked: 0, stored: 0 }
    days.set(day, { asked: known.asked + 1, stored: known.stored + (mails.has(address) ? 1 : 0) })
  }
  return { days, stored: mails.size, doubled: [...mails.values()].filter((count) => count > 1).length }
}
