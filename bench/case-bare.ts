import { connect } from 'node:net'
import { HTML, recipient, SUBJECT, TEXT } from './mail.js'
import { type Measured, measure } from './measure.js'
import { withPool } from './postgres-figures.js'

const CONNECTIONS = 20
const CHUNK = 500
/** Mails whose results are stored together, and how many may be under way: what the product promises to double at most. */
const FLUSH = 125
const UNSETTLED = 250

type Row = ReturnType<typeof recipient>

/** The mail with its variables spliced in. */
function spliced(): (row: Row) => Buffer {
  const source = [
    `From: Bench <hello@mail.bench.example>\r\nSubject: ${SUBJECT}\r\nMIME-Version: 1.0\r\n`,
    'Content-Type: multipart/alternative; boundary="=_b"\r\n\r\n',
    `--=_b\r\nContent-Type: text/plain\r\n\r\n${TEXT.replaceAll('\n', '\r\n')}\r\n`,
    `--=_b\r\nContent-Type: text/html\r\n\r\n${HTML.replaceAll('\n', '\r\n')}\r\n--=_b--\r\n`,
  ].join('')
  const pieces = source.split(/\{\{(\w+)\}\}/)
  return (row) => Buffer.from(pieces.map((piece, index) => (index % 2 ? row[piece as keyof Row] : piece)).join(''))
}

/** Hands over whatever `next` gives, the next envelope behind each final dot. `done` is told each answer. */
function connection(port: number, next: () => { row: Row; content: Buffer } | null, done: (row: Row) => void) {
  const socket = connect(port, '127.0.0.1').setNoDelay(true)
  let flying: ReturnType<typeof next> = null
  let unanswered: Row | null = null
  const envelope = () => {
    flying = next()
    return flying ? `MAIL FROM:<b@mail.bench.example>\r\nRCPT TO:<${flying.row.email}>\r\nDATA\r\n` : ''
  }
  let greeted = false
  socket.on('data', (bytes) => {
    const said = bytes.toString('latin1')
    if (!greeted) {
      if (said.startsWith('220')) socket.write('EHLO bench\r\n')
      if (!said.includes('250')) return
      greeted = true
      socket.write(envelope())
      return
    }
    const content = said.includes('354 ') ? flying : null
    const answered = unanswered
    // The answer to the mail before comes first.
    if (answered && said.startsWith('250 2.0.0')) {
      unanswered = null
      done(answered)
    }
    if (!content) return
    unanswered = content.row
    socket.write(Buffer.concat([content.content, Buffer.from(`.\r\n${envelope()}`)]))
  })
  return {
    idle: () => greeted && flying === null,
    go: () => {
      const begin = envelope()
      if (begin) socket.write(begin)
    },
    end: () => socket.destroy(),
  }
}

/**
 * The least that stores what was sent: rows read in chunks, spliced, handed over, one row inserted for each in transactions of 125. No gates, limits, statistics,
 * retries, states or leases: what the machine can do, to be measured against.
 */
export function bareLoop(mails: number, smtpUrl: string, postgresUrl: string): Promise<Measured> {
  const port = Number(new URL(smtpUrl).port)
  const name = `bare_${process.pid}`
  return withPool(postgresUrl, async (pool) => {
    await pool.query(`create table ${name} (seq int primary key, row jsonb not null)`)
    await pool.query(`create table ${name}_sent (email text primary key, at bigint not null, reply text not null)`)
    const rows = JSON.stringify(Array.from({ length: mails }, (_, index) => recipient(index)))
    await pool.query(
      `insert into ${name} select n - 1, e from jsonb_array_elements($1::jsonb) with ordinality x(e, n)`,
      [rows],
    )
    const mailFor = spliced()
    const ready: Row[] = []
    let sent: Row[] = []
    let [read, underWay, stored] = [0, 0, 0]
    let reading = false
    let flushing = false
    let finished = () => {}
    const all = new Promise<void>((resolve) => {
      finished = resolve
    })
    const fill = async () => {
      if (reading || ready.length > CHUNK || read >= mails) return
      reading = true
      const { rows: found } = await pool.query({
        name: 'read',
        text: `select row from ${name} where seq >= $1 and seq < $2`,
        values: [read, read + CHUNK],
      })
      read += CHUNK
      ready.push(...found.map(({ row }) => row).reverse())
      reading = false
      wake()
    }
    const flush = async () => {
      if (flushing || sent.length === 0 || (sent.length < FLUSH && stored + underWay < mails)) return
      flushing = true
      const taken = sent
      sent = []
      await pool.query({
        name: 'store',
        text: `insert into ${name}_sent select email, $2, $3 from unnest($1::text[]) email`,
        values: [taken.map(({ email }) => email), Date.now(), '250 2.0.0 Ok'],
      })
      underWay -= taken.length
      stored += taken.length
      flushing = false
      if (stored === mails) finished()
      void flush()
      wake()
    }
    const next = () => {
      if (underWay >= UNSETTLED) return null
      const row = ready.pop()
      if (ready.length < CHUNK) void fill()
      if (!row) return null
      underWay += 1
      return { row, content: mailFor(row) }
    }
    const done = (row: Row) => {
      sent.push(row)
      void flush()
    }
    const lines = Array.from({ length: CONNECTIONS }, () => connection(port, next, done))
    const wake = () => {
      for (const line of lines) if (line.idle()) line.go()
    }
    try {
      await new Promise((resolve) => setTimeout(resolve, 500))
      return await measure(mails, async () => {
        await fill()
        await all
      })
    } finally {
      for (const line of lines) line.end()
      await pool.query(`drop table ${name}, ${name}_sent`)
    }
  })
}
