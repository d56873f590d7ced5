import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { smtp } from '@mailwright/adapters/transport/smtp'
import { createTransport } from 'nodemailer'
import { signMail } from '../packages/core/src/compose/index.js'
import { measure } from './measure.js'

/** One way to hand finished bytes to the sinks, in a process of its own; the last line is its figures as JSON. */
const [kind = '', list = '', count = '0', tls = ''] = process.argv.slice(2)
const ports = list.split(',').map(Number)
const mails = Number(count)
const secure = tls === 'tls'
const PER_SINK = 7
const envelope = { from: 'bounces@mail.bench.example', to: ['reader@example.org'] }
const headers = [
  'From: hello@mail.bench.example',
  'To: reader@example.org',
  'Subject: Bench',
  'Message-ID: <1@mail.bench.example>',
]
const content = Buffer.from(`${headers.join('\r\n')}\r\n\r\n${`${'x'.repeat(74)}\r\n`.repeat(84)}`)
const never = new AbortController().signal

let next = 0
/** Runs `send` until all mails are sent, so many at once. */
const lanes = (at: number, send: () => Promise<void>) =>
  Promise.all(
    Array.from({ length: at }, async () => {
      while (next++ < mails) await send()
    }),
  )

/** How many mails are signed or under way at once. */
const AHEAD = 64

const anRsaKey = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey

/** Nothing but RSA-2048 signatures on the thread pool: the most that can be signed here. */
async function signatures(): Promise<void> {
  const key = anRsaKey()
  const data = content.subarray(0, 400)
  await lanes(
    AHEAD,
    () => new Promise((done, fail) => sign('sha256', data, key, (error) => (error ? fail(error) : done()))),
  )
}

const ours = (): Promise<void> => overOurs(PER_SINK * 3, async () => content)

/** The same, each mail signed first, as the dispatch path does. */
function signed(): Promise<void> {
  const signers = [{ domain: 'mail.bench.example', selector: 's1', key: anRsaKey() }]
  return overOurs(AHEAD, () => signMail(content, signers))
}

async function overOurs(at: number, mail: () => Promise<Uint8Array>): Promise<void> {
  const scheme = secure ? 'smtps' : 'smtp'
  const transports = ports.map((port) =>
    smtp({
      url: `${scheme}://127.0.0.1:${port}`,
      connections: PER_SINK,
      maxMessagesPerConnection: mails,
      tls: { rejectUnauthorized: false },
    }),
  )
  const send = (transport: (typeof transports)[number]) => async () => {
    const request = { id: '1', route: null, envelope, content: await mail() }
    const { recipients } = await transport.send(request, never)
    if (recipients[0]?.type !== 'accepted') throw new Error(JSON.stringify(recipients))
  }
  await Promise.all(transports.map((transport) => lanes(at, send(transport))))
  for (const transport of transports) await transport.close()
}

async function pool(): Promise<void> {
  const pools = ports.map((port) =>
    createTransport({
      host: '127.0.0.1',
      port,
      secure,
      pool: true,
      maxConnections: PER_SINK,
      maxMessages: mails,
      tls: { rejectUnauthorized: false },
    }),
  )
  const send = (one: (typeof pools)[number]) => async () => void (await one.sendMail({ envelope, raw: content }))
  await Promise.all(pools.map((one) => lanes(PER_SINK * 2, send(one))))
  for (const one of pools) one.close()
}

/** The least that can be: the same bytes again and again, the next envelope behind each final dot, answers only counted. */
async function raw(): Promise<void> {
  const begin = `MAIL FROM:<${envelope.from}>\r\nRCPT TO:<${envelope.to[0]}>\r\nDATA\r\n`
  const whole = Buffer.concat([content, Buffer.from(`.\r\n${begin}`)])
  let left = mails
  const one = (port: number) =>
    new Promise<void>((resolve, reject) => {
      const start = (socket: Socket) => {
        let greeted = false
        socket.on('error', reject)
        socket.on('data', (bytes: Buffer) => {
          const said = bytes.toString('latin1')
          if (!greeted && said.includes('220 ')) {
            greeted = true
            socket.write('EHLO bench\r\n')
          } else if (/^250 [^\r]*\r\n$/m.test(said) && said.includes('250-')) socket.write(begin)
          else if (said.includes('354 ')) {
            if (left-- > 0) socket.write(whole)
            else resolve(void socket.destroy())
          }
        })
      }
      const socket = secure
        ? connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
        : connectTcp(port, '127.0.0.1')
      socket.setNoDelay(true)
      start(socket)
    })
  await Promise.all(ports.flatMap((port) => Array.from({ length: PER_SINK }, () => one(port))))
}

const ways: Readonly<Record<string, () => Promise<void>>> = { ours, pool, raw, signed, signatures }
console.log(JSON.stringify(await measure(mails, ways[kind] ?? ours)))
process.exit(0)
