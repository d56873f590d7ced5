import { setTimeout as delay } from 'node:timers/promises'
import { seededRandom } from '../seeded-random.js'
import { type SmtpSink, smtpSink } from '../smtp-sink.js'
import type { RunningWorker } from '../worker-fleet.js'
import { type ClaimedRows, claimedRows, covers } from './claimed-rows.js'
import { unexpected } from './said-while-away.js'
import { type Given, listed, type Report } from './scenario.js'
import { aShop, until } from './shop.js'
import { verdictOn } from './verdict.js'

interface Size {
  readonly rounds: number
  readonly recipients: number
}

/** The shortest lease there is, since each round sleeps through one. */
const policy = { startLevel: 20, chunkRows: 100, unsettledMax: 50, leaseMs: 10_000 }
const SLEEPERS = 2
/** The lease, the 5 s for clocks that differ, the sweep that finds the work, and a slow machine. */
const TAKEN_OVER_MS = 60_000
/** Whoever wakes up has sent by then what it had begun, and stored what it knows. */
const AWAKE_MS = 2_000

interface Sleeper {
  readonly worker: RunningWorker
  /** Its own, so that what it sends can be told from what the others send. */
  readonly sink: SmtpSink
}

/**
 * Two workers are stopped (SIGSTOP) at random times in a batch. When their leases have run out and another worker holds all that is left, they go on
 * (SIGCONT), in the middle of its work. What leaves from them then must be covered by a claim that was stored before they were stopped, and their tokens
 * must never hold anything again.
 */
async function stop({ place, seed, queue }: Given, { rounds, recipients }: Size): Promise<Report> {
  const random = seededRandom(seed)
  const answerMs = () => 20 + random() * 40
  const shop = await aShop({ postgresUrl: place.postgresUrl, policy, queue, answerMs })
  const sinks = await Promise.all(Array.from({ length: SLEEPERS }, () => smtpSink(answerMs)))
  const problems: string[] = []
  let late = 0
  let inTheMiddle = 0
  try {
    const sleepers = await Promise.all(
      sinks.map(async (sink): Promise<Sleeper> => ({ sink, worker: await shop.start({ smtpPort: sink.port }) })),
    )
    for (let round = 0; round < rounds; round += 1) {
      await shop.nextBatch(recipients)
      await Promise.all(
        sleepers.map(async ({ worker, sink }) => {
          await sink.taken(sink.copies.length + 1 + Math.floor(random() * (recipients / 8)))
          await delay(random() * 30)
          worker.freeze()
        }),
      )
      const claimed = (await claimedRows(shop)).filter(({ token }) => token !== null)
      const tokens = new Set(claimed.map(({ token }) => token))
      if (claimed.length === 0) problems.push('they held nothing as they were stopped')
      const theirs = ({ token }: ClaimedRows) => tokens.has(token)
      const awake = await shop.start()
      const taken = async () => (await claimedRows(shop)).every((chunk) => chunk.token !== null && !theirs(chunk))
      if ((await until(taken, TAKEN_OVER_MS)) === null) problems.push('what they held was not taken over')
      if (!(await shop.lastIsDone())) inTheMiddle += 1
      const before = sinks.map(({ copies }) => copies.length)
      for (const { worker } of sleepers) worker.thaw()
      await Promise.all(sleepers.map(({ worker }) => worker.call([{ path: ['health'], args: [] }])))
      await delay(AWAKE_MS)
      const batch = `@batch${shop.tasks.length - 1}.example`
      for (const [index, { copies }] of sinks.entries()) {
        const since = copies.slice(before[index])
        late += since.length
        const wild = since.filter(({ recipient }) => !recipient.endsWith(batch) || !covers(claimed, recipient))
        if (wild.length > 0) problems.push(`left without a claim after waking: ${wild.length}`)
        if (since.length > policy.unsettledMax) problems.push(`${since.length} mails left after waking`)
      }
      if ((await claimedRows(shop)).some(theirs)) problems.push('they hold work again under their old tokens')
      if ((await shop.untilDone(60_000)) === null) problems.push('the batch did not end')
      const code = await awake.stop()
      if (code !== 0) problems.push(`the one that was awake ended with ${code}`)
    }
    for (const { worker } of sleepers) if ((await worker.stop()) !== 0) problems.push('a sleeper did not end with 0')
    const copies = [shop.sink, ...sinks].flatMap((sink) => sink.copies)
    return await verdictOn(
      { ...shop, sink: { ...shop.sink, copies } },
      {
        faults: rounds * SLEEPERS,
        perFault: policy.unsettledMax,
        problems: [...problems, ...unexpected(shop.fleet.problems)],
        notes: [`${late} mails left after waking`, `${inTheMiddle} of ${rounds} times in the middle of another's work`],
      },
    )
  } finally {
    await shop.close()
    await Promise.all(sinks.map((sink) => sink.close()))
  }
}

export const stoppedWorkers = listed<Size>({
  id: 'F11',
  about: 'workers stopped in the middle of a batch, that go on when another one holds what they held',
  ci: { rounds: 1, recipients: 1_000 },
  acceptance: { rounds: 10, recipients: 1_000 },
  run: stop,
})
