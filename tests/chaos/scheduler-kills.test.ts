import { setTimeout as delay } from 'node:timers/promises'
import { fromPg } from '@mailwright/adapters/storage/postgres'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { type Account, createMailService, type RunView, type Storage } from '@mailwright/core'
import pg from 'pg'
import { expect, it } from 'vitest'
import { needs, urlOf } from '../servers/needs.js'
import { runSeed, seededRandom } from './seeded-random.js'
import { shiftedClock } from './shifted-clock.js'
import { smtpSink } from './smtp-sink.js'
import { type RunningWorker, workerFleet } from './worker-fleet.js'

const HOUR = 3_600_000
/** More than a lease (45 s) and the margin for clocks that differ (5 s). */
const LEASE_OVER_MS = 70_000
/** Nothing is on time, so with `missed: 'all'` every occurrence is owed, however many are due while a run is unfinished. */
const policy = { startLevel: 20, chunkRows: 100, unsettledMax: 50, onTimeSeconds: 0 }
const ACCOUNTS = 3
/** Tasks and occurrences of each; MAILWRIGHT_F10=100,50 makes 5,000 of them. */
const [TASKS = 18, OCCURRENCES = 12] = process.env.MAILWRIGHT_F10?.split(',').map(Number) ?? []
/** The clock is moved on by so many hours at a time. */
const JUMPS = [1, 3, 1, 2] as const

async function hourlyTasks(
  accounts: readonly Account[],
  startAt: number,
): Promise<readonly (readonly [Account, string])[]> {
  const tasks: (readonly [Account, string])[] = []
  for (const [index, account] of accounts.entries()) {
    await account.domains.create({ name: `mail${index}.shop.example`, trust: 'operator' })
    await account.senders.create({ address: `hello@mail${index}.shop.example` })
    await account.templates.create({ name: 'news', type: 'text', subject: 'News', text: 'Hello' })
    await account.groups.create({ name: 'readers' })
    await account.groups.importCsv('readers', `email\nreader@account${index}.example\n`)
  }
  for (let index = 0; index < TASKS; index += 1) {
    const account = accounts[index % accounts.length] as Account
    const { id } = await account.tasks.create({
      type: 'recurring',
      startAt,
      every: { n: 1, unit: 'hours' },
      until: startAt + (OCCURRENCES - 1) * HOUR,
      missed: 'all',
      timeZone: 'Europe/Berlin',
      from: `hello@mail${index % accounts.length}.shop.example`,
      template: 'news',
      group: 'readers',
    })
    tasks.push([account, id])
  }
  return tasks
}

async function runRecords(storage: Storage): Promise<number> {
  let count = 0
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await storage.read.records({ kind: 'run', order: 'oldest', limit: 100, ...(cursor ? { cursor } : {}) })
    count += page.items.length
    cursor = page.next
  }
  return count
}

needs('postgres')('schedulers that race over one Postgres schema and are killed', () => {
  it.each([2, 5])(
    'F10, TSK-5: with %i of them each occurrence fires exactly once',
    { timeout: 900_000 },
    async (schedulers) => {
      const seed = runSeed()
      const random = seededRandom(seed)
      const schema = `chaos_schedule_${process.pid}_${schedulers}`
      const postgresUrl = urlOf('postgres')
      const pool = new pg.Pool({ connectionString: postgresUrl, max: 4 })
      const sink = await smtpSink(3)
      const fleet = await workerFleet()
      const base = Date.UTC(2026, 10, 23, 9)
      let offsetMs = base - Date.now()
      const storage = fromPg(pool, { schema })
      const mail = await createMailService({
        storage,
        transport: captureTransport(),
        clock: shiftedClock(() => offsetMs),
        secret: 'a secret only for the tests',
        dns: { dkim: 'transport' },
        policy,
        worker: false,
      })
      try {
        const startAt = base + 2 * HOUR
        const accounts = Array.from({ length: ACCOUNTS }, (_, index) => mail.account(`account${index}`))
        const tasks = await hourlyTasks(accounts, startAt)
        const allDone = async () =>
          (await Promise.all(tasks.map(([account, id]) => account.tasks.get(id)))).every(
            ({ state }) => state === 'done',
          )

        const start = () => fleet.start({ type: 'go', postgresUrl, schema, smtpPort: sink.port, offsetMs, policy })
        const running: RunningWorker[] = []
        for (let index = 0; index < schedulers; index += 1) running.push(await start())
        const goTo = (instant: number) => {
          offsetMs = Math.max(offsetMs, instant - Date.now())
          for (const worker of running) worker.shift(offsetMs)
        }

        let kills = 0
        for (let hour = 0, jump = 0; hour < OCCURRENCES; jump += 1) {
          const hours = JUMPS[jump % JUMPS.length] ?? 1
          hour += hours
          const before = sink.copies.length
          goTo(startAt + (hour - 1) * HOUR)
          // Killed somewhere on the way from the claim to the last mail of the hour.
          await Promise.race([sink.taken(before + 1 + Math.floor(random() * TASKS)), delay(1_500)])
          if (random() < 0.7) {
            const [victim] = running.splice(Math.floor(random() * running.length), 1)
            await victim?.kill()
            kills += 1
            goTo(Date.now() + offsetMs + LEASE_OVER_MS)
            running.push(await start())
          }
        }
        goTo(Date.now() + offsetMs + LEASE_OVER_MS)
        const patience = Date.now() + 600_000
        while (!(await allDone()) && Date.now() < patience) await delay(200)
        for (const worker of running) expect(await worker.stop()).toBe(0)

        for (const [account, id] of tasks) {
          const { items } = await account.tasks.runs(id, { limit: 1_000 })
          const shown = ({ at, state }: RunView) => `${state} ${(at - startAt) / HOUR}`
          expect(items.map(shown).reverse()).toEqual(Array.from({ length: OCCURRENCES }, (_, hour) => `done ${hour}`))
          expect(new Set(items.map((run) => run.id)).size).toBe(OCCURRENCES)
        }
        const wanted = TASKS * OCCURRENCES
        const mails = new Set(sink.copies.map(({ messageId }) => messageId))
        console.log(
          `${schedulers} schedulers (MAILWRIGHT_CHAOS_SEED=${seed}): ${kills} kills over ${wanted} occurrences, each fired once;` +
            ` ${sink.copies.length - mails.size} mails doubled`,
        )
        expect(await runRecords(storage)).toBe(wanted)
        expect(mails.size).toBe(wanted)
        expect(sink.copies.length - mails.size).toBeLessThanOrEqual(kills * policy.unsettledMax)
        // The clock leaps by hours: whoever looks right after it is right to raise the alarm.
        expect(fleet.problems.filter((problem) => !problem.startsWith('mail-waits-for-a-worker'))).toEqual([])
      } finally {
        await fleet.close()
        await sink.close()
        await mail.stop()
        await pool.query(`drop schema if exists ${schema} cascade`)
        await pool.end()
      }
    },
  )
})
