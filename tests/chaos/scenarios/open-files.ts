import { setTimeout as delay } from 'node:timers/promises'
import { seededRandom } from '../seeded-random.js'
import { unexpected } from './said-while-away.js'
import { type Given, listed, type Report } from './scenario.js'
import { aShop } from './shop.js'
import { verdictOn } from './verdict.js'

interface Size {
  readonly times: number
  readonly recipients: number
  /** How long it may open no more. */
  readonly lastsMs: number
}

const policy = { startLevel: 20, chunkRows: 100, unsettledMax: 50 }
/** Files and connections that it may still open: none, too few for what it sends with, and enough for some. */
const LEFT = [0, 2, 8]

/**
 * A worker comes to its limit of open files (EMFILE) before it has opened its connections to the SMTP server, or in the middle of a batch, when it has to
 * open the next ones. Nobody else works.
 */
async function exhaust({ place, seed, queue }: Given, { times, recipients, lastsMs }: Size): Promise<Report> {
  const random = seededRandom(seed)
  const shop = await aShop({ postgresUrl: place.postgresUrl, policy, queue, answerMs: 8 })
  const problems: string[] = []
  let meanwhile = 0
  let slowestMs = 0
  try {
    for (let time = 0; time < times; time += 1) {
      const worker = await shop.start()
      const more = LEFT[time % LEFT.length] ?? 0
      const early = time % 2 === 0
      if (early) worker.allowFiles(more)
      await shop.nextBatch(recipients)
      if (!early) {
        await shop.sink.taken(shop.sink.copies.length + 1 + Math.floor(random() * (recipients / 2)))
        worker.allowFiles(more)
      }
      const before = shop.sink.copies.length
      await delay(lastsMs)
      meanwhile += shop.sink.copies.length - before
      if (more === 0 && early && shop.sink.copies.length > before)
        problems.push('it could open connections all the same')
      worker.allowFiles(null)
      const doneMs = await shop.untilDone(120_000)
      if (doneMs === null) problems.push(`with ${more} left: the batch did not end`)
      slowestMs = Math.max(slowestMs, doneMs ?? Number.POSITIVE_INFINITY)
      const code = await worker.stop()
      if (code !== 0) problems.push(`it ended with ${code}`)
    }
    return await verdictOn(shop, {
      faults: times,
      perFault: 0,
      problems: [...problems, ...unexpected(shop.fleet.problems)],
      notes: [`${meanwhile} mails left at the limit, done ${(slowestMs / 1_000).toFixed(1)} s after it was lifted`],
    })
  } finally {
    await shop.close()
  }
}

export const openFiles = listed<Size>({
  id: 'F14',
  about: 'a worker comes to its limit of open files while it sends',
  ci: { times: 3, recipients: 600, lastsMs: 2_000 },
  acceptance: { times: 20, recipients: 1_000, lastsMs: 10_000 },
  run: exhaust,
})
