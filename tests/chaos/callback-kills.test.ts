import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { fromPg } from '@mailwright/adapters/storage/postgres'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService } from '@mailwright/core'
import pg from 'pg'
import { expect, it } from 'vitest'
import { needs, urlOf } from '../servers/needs.js'
import { runSeed, seededRandom } from './seeded-random.js'
import { shiftedClock } from './shifted-clock.js'
import { smtpSink } from './smtp-sink.js'
import { workerFleet } from './worker-fleet.js'

const DOMAIN = 'mail.shop.example'
const SENDER = `hello@${DOMAIN}`
const KILLS = 12
const ROWS = 1_500
/** More than a lease (45 s), the longest rest of an endpoint and the margin for clocks that differ. */
const LEASE_OVER_MS = 70_000

/** Takes every callback after some milliseconds, and keeps whom it was about under which id. */
async function aReceiver() {
  const came: { readonly id: string; readonly email: string }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { event, email } = JSON.parse(Buffer.concat(chunks).toString())
    if (event !== 'ping') came.push({ id: String(request.headers['webhook-id']), email })
    await delay(3)
    response.writeHead(204).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { came, port, close: () => server.close() }
}

needs('postgres')('kill -9 of one of two workers while they tell callbacks, on Postgres', () => {
  it('CBK-4, REL-1: each event is told, under one id, whatever is killed', { timeout: 300_000 }, async () => {
    const seed = runSeed()
    const random = seededRandom(seed)
    const schema = `chaos_callback_${process.pid}_${Date.now()}`
    const postgresUrl = urlOf('postgres')
    const pool = new pg.Pool({ connectionString: postgresUrl, max: 4 })
    const [sink, receiver, fleet] = [await smtpSink(8), await aReceiver(), await workerFleet()]
    const policy = { startLevel: 20, allowPrivateNetworks: true, callbackPorts: [receiver.port] }
    let offsetMs = Date.UTC(2026, 10, 23, 9) - Date.now()
    const mail = await createMailService({
      storage: fromPg(pool, { schema }),
      transport: captureTransport(),
      clock: shiftedClock(() => offsetMs),
      secret: 'a secret only for the tests',
      policy,
      worker: false,
    })
    const start = () => fleet.start({ type: 'go', postgresUrl, schema, smtpPort: sink.port, offsetMs, policy })
    const toldOf = () => new Set(receiver.came.map(({ email }) => email)).size
    try {
      await mail.ensure({
        domains: [{ name: DOMAIN, trust: 'operator' }],
        senders: [{ address: SENDER, name: 'Shop' }],
        templates: [{ name: 'welcome', subject: 'Welcome', html: '<p>Hello {{name}}</p>' }],
      })
      await mail.callbacks.setAccount({ url: `http://127.0.0.1:${receiver.port}/mail` })
      const rows = Array.from({ length: ROWS }, (_, row) => `reader${row}@office.example,Ann`)
      await mail.groups.create({ name: 'readers' })
      await mail.groups.importCsv('readers', `email,name\n${rows.join('\n')}\n`)
      await mail.tasks.create({ type: 'immediate', from: SENDER, template: 'welcome', group: 'readers' })

      let workers = [await start(), await start()]
      let toldUnderKills = 0
      for (let kills = 0; kills < KILLS; kills += 1) {
        const before = receiver.came.length
        for (let at = 0; at < 1_000 && receiver.came.length < before + 20; at += 1) await delay(5)
        await delay(random() * 30)
        toldUnderKills = receiver.came.length
        const [victim, other] = random() < 0.5 ? workers : workers.toReversed()
        await victim?.kill()
        offsetMs += LEASE_OVER_MS
        other?.shift(offsetMs)
        workers = [...(other ? [other] : []), await start()]
      }
      for (let at = 0; at < 1_200 && toldOf() < ROWS; at += 1) {
        await delay(100)
        if (at % 20 === 19) {
          offsetMs += LEASE_OVER_MS
          for (const worker of workers) worker.shift(offsetMs)
        }
      }
      for (const worker of workers) expect(await worker.stop()).toBe(0)

      const ids = new Set(receiver.came.map(({ id }) => id))
      console.log(
        `callbacks under kill -9 (MAILWRIGHT_CHAOS_SEED=${seed}): ${KILLS} kills, ${toldOf()} of ${ROWS} events told,` +
          ` ${receiver.came.length - ids.size} told twice`,
      )
      expect(toldUnderKills).toBeGreaterThan(0)
      expect(toldOf()).toBe(ROWS)
      expect(ids.size).toBe(ROWS)
      expect((await mail.callbacks.attempts({ state: 'parked' })).items).toEqual([])
      expect(fleet.problems).toEqual([])
    } finally {
      await fleet.close()
      await sink.close()
      receiver.close()
      await mail.stop()
      await pool.query(`drop schema if exists ${schema} cascade`)
      await pool.end()
    }
  })
})
