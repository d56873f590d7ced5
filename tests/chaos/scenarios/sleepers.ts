import { setTimeout as delay } from 'node:timers/promises'
import { seededRandom } from '../seeded-random.js'
import type { RunningWorker } from '../worker-fleet.js'
import { unexpected } from './said-while-away.js'
import { type Given, listed, type Report } from './scenario.js'
import { aShop } from './shop.js'
import { verdictOn } from './verdict.js'

interface Size {
  readonly rounds: number
  /** Put to sleep in each round, while one more goes on. */
  readonly sleepers: number
  readonly recipients: number
}

/** The shortest lease there is, since each round sleeps through one. */
const policy = { startLevel: 20, chunkRows: 100, unsettledMax: 50, leaseMs: 10_000 }
/** Past the lease, the 5 s for clocks that differ, and the sweep that finds the work. */
const ASLEEP_MS = 18_000

/**
 * Workers fall asleep at random times in a batch: every other one by SIGSTOP, as a machine that is suspended, the others by a blocked event loop.
 * One that stays awake takes over what they hold and ends the batch; then they wake and hold results of mail that is settled by now.
 */
async function sleep({ place, seed, queue }: Given, { rounds, sleepers, recipients }: Size): Promise<Report> {
  const random = seededRandom(seed)
  const answerMs = () => 20 + random() * 40
  const shop = await aShop({ postgresUrl: place.postgresUrl, policy, queue, answerMs })
  const { sink, fleet } = shop
  const problems: string[] = []
  let late = 0
  try {
    const sleeping = await Promise.all(Array.from({ length: sleepers }, () => shop.start()))
    const fallAsleep = async (worker: RunningWorker, index: number) => {
      await sink.taken(sink.copies.length + 1 + Math.floor(random() * (recipients / 4)))
      await delay(random() * 30)
      if (index % 2 === 0) worker.freeze()
      else worker.block(ASLEEP_MS)
    }
    for (let round = 0; round < rounds; round += 1) {
      await shop.nextBatch(recipients)
      await Promise.all(sleeping.map(fallAsleep))
      const since = Date.now()
      const awake = await shop.start()
      if ((await shop.untilDone(60_000)) === null) problems.push('what the sleepers held was not taken over')
      await delay(Math.max(0, ASLEEP_MS - (Date.now() - since)))
      const before = sink.copies.length
      for (const worker of sleeping) worker.thaw()
      await Promise.all(sleeping.map((worker) => worker.call([{ path: ['health'], args: [] }])))
      await delay(1_000)
      late += sink.copies.length - before
      const code = await awake.stop()
      if (code !== 0) problems.push(`the one that was awake ended with ${code}`)
    }
    for (const worker of sleeping) if ((await worker.stop()) !== 0) problems.push('a sleeper did not end with 0')
    return await verdictOn(shop, {
      faults: rounds * sleepers,
      perFault: policy.unsettledMax,
      problems: [...problems, ...unexpected(fleet.problems)],
      notes: [`${late} mails arrived from those that woke up`],
    })
  } finally {
    await shop.close()
  }
}

export const sleepingWorkers = listed<Size>({
  id: 'F15',
  about: 'workers stopped or blocked past their lease, that wake up when their work is done by others',
  ci: { rounds: 1, sleepers: 4, recipients: 1_000 },
  acceptance: { rounds: 25, sleepers: 4, recipients: 1_000 },
  run: sleep,
})
