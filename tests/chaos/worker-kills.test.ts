import { setTimeout as delay } from 'node:timers/promises'
import { fromPg } from '@mailwright/adapters/storage/postgres'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService, type MailService } from '@mailwright/core'
import pg from 'pg'
import { expect, it } from 'vitest'
import { needs, urlOf } from '../servers/needs.js'
import { checkLedger } from './ledger.js'
import { runSeed, seededRandom } from './seeded-random.js'
import { shiftedClock } from './shifted-clock.js'
import { smtpSink } from './smtp-sink.js'
import { workerFleet } from './worker-fleet.js'

const DOMAIN = 'mail.shop.example'
const SENDER = `hello@${DOMAIN}`
const KILLS = 20
const ROWS = 1_000
const policy = { startLevel: 20, chunkRows: 100, unsettledMax: 50 }
/** More than a lease (60 s) and the margin for clocks that differ (5 s). */
const LEASE_OVER_MS = 70_000

const addressesOf = (batch: number): readonly string[] =>
  Array.from({ length: ROWS }, (_, row) => `${row % 100 === 50 ? 'bad' : 'reader'}${row}@batch${batch}.example`)

async function allStates(mail: MailService): Promise<readonly { recipient: string; state: string }[]> {
  const states: { recipient: string; state: string }[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await mail.deliveries.messages({ limit: 100, ...(cursor === undefined ? {} : { cursor }) })
    states.push(...page.items)
    cursor = page.next
  }
  return states
}

needs('postgres')('kill -9 of the worker in the middle of a batch, on Postgres', () => {
  it('REL-1, REL-2, REL-3: after 20 kills nobody is lost, a kill doubles at most unsettledMax, and all figures add up', {
    timeout: 120_000,
  }, async () => {
    const seed = runSeed()
    const random = seededRandom(seed)
    const schema = `chaos_kill_${process.pid}_${Date.now()}`
    const postgresUrl = urlOf('postgres')
    const pool = new pg.Pool({ connectionString: postgresUrl, max: 4 })
    const sink = await smtpSink(8)
    const fleet = workerFleet()
    let offsetMs = Date.UTC(2026, 10, 23, 9) - Date.now()
    const from = Date.now() + offsetMs
    // Sends nothing itself: it accepts, and it is asked.
    const mail = await createMailService({
      storage: fromPg(pool, { schema }),
      transport: captureTransport(),
      clock: shiftedClock(() => offsetMs),
      secret: 'a secret only for the tests',
      policy,
      worker: false,
    })
    try {
      await mail.ensure({
        domains: [{ name: DOMAIN, trust: 'operator' }],
        senders: [{ address: SENDER, name: 'Shop' }],
        templates: [{ name: 'welcome', subject: 'Welcome, {{name}}', html: '<p>Hello {{name}}</p>' }],
      })
      const acknowledged: string[] = []
      const tasks: string[] = []
      const nextBatch = async () => {
        const group = `batch${tasks.length}`
        const addresses = addressesOf(tasks.length)
        await mail.groups.create({ name: group })
        await mail.groups.importCsv(group, `email,name\n${addresses.map((one) => `${one},Reader`).join('\n')}\n`)
        tasks.push((await mail.tasks.create({ type: 'immediate', from: SENDER, template: 'welcome', group })).id)
        acknowledged.push(...addresses)
      }
      const done = async () => (await mail.tasks.get(tasks.at(-1) ?? '')).state === 'done'
      const startWorker = () => {
        offsetMs += LEASE_OVER_MS
        return fleet.start({ type: 'go', postgresUrl, schema, smtpPort: sink.port, offsetMs, policy })
      }

      await nextBatch()
      const killedAt: number[] = []
      while (killedAt.length < KILLS) {
        const worker = await startWorker()
        const reached = sink.taken(sink.copies.length + 1 + Math.floor(random() * 120)).then(() => true)
        while (!(await Promise.race([reached, delay(300).then(() => false)]))) if (await done()) await nextBatch()
        await delay(random() * 12)
        await worker.kill()
        killedAt.push(sink.copies.length)
      }

      const last = await startWorker()
      const patience = Date.now() + 30_000
      while (!(await done()) && Date.now() < patience) await delay(100)
      expect(await last.stop()).toBe(0)

      const views = await Promise.all(tasks.map((id) => mail.tasks.get(id)))
      const sum = (of: (view: (typeof views)[number]) => number) => views.reduce((total, view) => total + of(view), 0)
      const { items } = await mail.statistics.sending({ from: from - 86_400_000, to: from + 2 * 86_400_000 })
      const counted = (name: keyof (typeof items)[number]['counts']) =>
        items.reduce((total, { counts }) => total + counts[name], 0)
      const verdict = checkLedger({
        acknowledged,
        received: sink.copies,
        states: await allStates(mail),
        kills: KILLS,
        perKill: policy.unsettledMax,
        tallies: [
          {
            source: 'tasks',
            counts: {
              delivered: sum((v) => v.delivered),
              bounced: sum((v) => v.bounced),
              failed: sum((v) => v.failed),
            },
          },
          {
            source: 'statistics',
            counts: { delivered: counted('delivered'), bounced: counted('bouncedHard') + counted('bouncedSoft') },
          },
        ],
      })
      const { extraCopies, allowedCopies, lost } = verdict
      console.log(
        `kill -9 (MAILWRIGHT_CHAOS_SEED=${seed}): ${KILLS} kills over ${acknowledged.length} recipients, lost ${lost.length},` +
          ` ${extraCopies} doubled of ${allowedCopies} allowed`,
      )
      expect(verdict.problems).toEqual([])
      expect(fleet.problems).toEqual([])
      expect(views.map(({ state, progress }) => ({ state, progress }))).toEqual(
        tasks.map(() => ({ state: 'done', progress: 1 })),
      )
      expect(verdict.denied).toEqual([])
      expect(new Set(killedAt).size).toBe(KILLS)
    } finally {
      await fleet.close()
      await sink.close()
      await mail.stop()
      await pool.query(`drop schema if exists ${schema} cascade`)
      await pool.end()
    }
  })
})
