import { setTimeout as delay } from 'node:timers/promises'
import { seededRandom } from '../seeded-random.js'
import type { RunningWorker } from '../worker-fleet.js'
import { type Given, listed, type Report } from './scenario.js'
import { aShop } from './shop.js'
import { verdictOn } from './verdict.js'

interface Size {
  readonly stops: number
  readonly recipients: number
  readonly workers: number
}

const policy = { startLevel: 20, chunkRows: 100, unsettledMax: 50 }
const ENDS_WITHIN_MS = 30_000

/** Several workers at once, one of them told to end by SIGTERM and replaced. Some mails wait long for their answer, so that some are always on their way. */
async function stopWorkers({ place, seed, queue }: Given, { stops, recipients, workers }: Size): Promise<Report> {
  const random = seededRandom(seed)
  const answerMs = () => (random() < 0.02 ? random() * 1_000 : 8)
  const shop = await aShop({ postgresUrl: place.postgresUrl, policy, queue, answerMs })
  const { sink, fleet } = shop
  const problems: string[] = []
  let slowestMs = 0
  try {
    await shop.nextBatch(recipients)
    const running: RunningWorker[] = []
    while (running.length < workers) running.push(await shop.start())
    const terminate = async (worker: RunningWorker) => {
      const since = Date.now()
      const late = delay(ENDS_WITHIN_MS, 'late' as const, { ref: false })
      const code = await Promise.race([worker.terminate(), late])
      slowestMs = Math.max(slowestMs, Date.now() - since)
      if (code === 'late') await worker.kill()
      if (code !== 0) problems.push(code === 'late' ? 'did not end within 30 s' : `ended with ${code}`)
    }
    for (let stop = 0; stop < stops; stop += 1) {
      const reached = sink.taken(sink.copies.length + 1 + Math.floor(random() * 120)).then(() => true)
      while (!(await Promise.race([reached, delay(300).then(() => false)])))
        if (await shop.lastIsDone()) await shop.nextBatch(recipients)
      const [leaving] = running.splice(Math.floor(random() * running.length), 1)
      if (leaving) await terminate(leaving)
      running.push(await shop.start())
    }
    // What was left leased would hold the batch up for as long as a lease lasts.
    if ((await shop.untilDone(30_000)) === null) problems.push('work was not given back')
    await Promise.all(running.map(terminate))
    return await verdictOn(shop, {
      faults: stops,
      perFault: 0,
      problems: [...problems, ...fleet.problems],
      notes: [`ended within ${(slowestMs / 1_000).toFixed(1)} s`],
    })
  } finally {
    await shop.close()
  }
}

export const workerStops = listed<Size>({
  id: 'F2',
  about: 'SIGTERM: takes no more work, finishes or gives back what it has, exit 0',
  ci: { stops: 10, recipients: 1_000, workers: 2 },
  acceptance: { stops: 50, recipients: 1_000, workers: 3 },
  run: stopWorkers,
})
