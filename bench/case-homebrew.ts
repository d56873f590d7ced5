import { generateKeyPairSync } from 'node:crypto'
import { Queue, Worker } from 'bullmq'
import { createTransport } from 'nodemailer'
import { recipient } from './mail.js'
import { type Measured, measure } from './measure.js'
import { withPool } from './postgres-figures.js'
import { templatedMail } from './templated-mail.js'

const dkimOptions = () => ({
  domainName: 'mail.bench.example',
  keySelector: 's1',
  privateKey: generateKeyPairSync('rsa', { modulusLength: 2_048 })
    .privateKey.export({ type: 'pkcs1', format: 'pem' })
    .toString(),
})

/** What teams glue together today: one BullMQ job per mail, handlebars, a nodemailer pool, a blocklist lookup, a status row and an event row. */
export function homebrew(
  mails: number,
  dkim: boolean,
  smtpUrl: string,
  postgresUrl: string,
  redisUrl: string,
): Promise<Measured> {
  const { hostname: host, port } = new URL(redisUrl)
  const connection = { host, port: Number(port || 6_379), maxRetriesPerRequest: null }
  const name = `homebrew_${process.pid}`
  return withPool(postgresUrl, async (pool) => {
    await pool.query(
      `create table ${name} (id bigserial primary key, email text not null, vars jsonb not null, status text not null default 'queued', sent_at timestamptz)`,
    )
    await pool.query(`create table ${name}_block (email text primary key)`)
    await pool.query(
      `create table ${name}_event (id bigserial primary key, mail bigint not null, kind text not null, at timestamptz not null default now())`,
    )
    const queue = new Queue(name, { connection })
    const transporter = createTransport({
      url: smtpUrl,
      pool: true,
      maxConnections: 20,
      maxMessages: Number.POSITIVE_INFINITY,
      ...(dkim ? { dkim: dkimOptions() } : {}),
    })
    const mailFor = templatedMail()
    let sent = 0
    let finished = () => {}
    const done = new Promise<void>((resolve) => {
      finished = resolve
    })
    let worker: Worker | null = null
    try {
      return await measure(mails, async () => {
        for (let from = 0; from < mails; from += 1_000) {
          const rows = Array.from({ length: Math.min(1_000, mails - from) }, (_, index) => recipient(from + index))
          const inserted = await pool.query(
            `insert into ${name} (email, vars) select e->>'email', e from jsonb_array_elements($1::jsonb) e returning id`,
            [JSON.stringify(rows)],
          )
          await queue.addBulk(
            inserted.rows.map(({ id }, index) => ({
              name: 'mail',
              data: { id, ...rows[index] },
              opts: { removeOnComplete: true },
            })),
          )
        }
        worker = new Worker(
          name,
          async ({ data }) => {
            const blocked = await pool.query(`select 1 from ${name}_block where email = $1`, [data.email])
            if (blocked.rowCount) return
            await transporter.sendMail(mailFor(data))
            await pool.query(`update ${name} set status = 'sent', sent_at = now() where id = $1`, [data.id])
            await pool.query(`insert into ${name}_event (mail, kind) values ($1, 'delivered')`, [data.id])
            sent += 1
            if (sent === mails) finished()
          },
          { connection, concurrency: 20 },
        )
        await done
      })
    } finally {
      await (worker as Worker | null)?.close()
      await queue.obliterate({ force: true })
      await queue.close()
      transporter.close()
      await pool.query(`drop table ${name}, ${name}_block, ${name}_event`)
    }
  })
}
