import { setTimeout as delay } from 'node:timers/promises'
import { type Cut, cuttableProxy } from '../cuttable-proxy.js'
import { seededRandom } from '../seeded-random.js'
import { claimedRows, covers } from './claimed-rows.js'
import { unexpected } from './said-while-away.js'
import { type Given, listed, type Report } from './scenario.js'
import { aShop, type Shop } from './shop.js'
import { verdictOn } from './verdict.js'

interface Size {
  readonly partitions: number
  /** How long the line is cut. */
  readonly cutMs: number
  readonly recipients: number
}

const policy = { startLevel: 20, chunkRows: 100, unsettledMax: 50, leaseMs: 10_000 }
/** A statement that is not answered in this time fails. */
const ANSWER_MS = 3_000
const cuts: readonly Cut[] = ['freeze', 'drop', 'reset']

/** Mails of the batch that left although no stored claim covers them. */
async function unclaimed(shop: Shop, batch: string, from: number): Promise<readonly string[]> {
  const chunks = await claimedRows(shop)
  const settled = new Set<string>()
  for (const recipient of new Set(shop.sink.copies.slice(from).map((copy) => copy.recipient)))
    if ((await shop.mail.deliveries.messages({ recipient })).items.length > 0) settled.add(recipient)
  return shop.sink.copies.slice(from).flatMap(({ recipient }) => {
    if (!recipient.endsWith(batch) || settled.has(recipient)) return []
    return covers(chunks, recipient) ? [] : [recipient]
  })
}

/**
 * One worker reaches the database through a line that is cut in the middle of a batch while its SMTP server goes on; another one has its own line and
 * takes over.
 */
async function partition({ place, seed, queue }: Given, { partitions, cutMs, recipients }: Size): Promise<Report> {
  const random = seededRandom(seed)
  const shop = await aShop({ postgresUrl: place.postgresUrl, policy, queue, answerMs: 15 })
  const { sink, fleet } = shop
  const database = new URL(place.postgresUrl)
  const proxy = await cuttableProxy({ host: database.hostname, port: Number(database.port || 5432) })
  database.hostname = '127.0.0.1'
  database.port = String(proxy.port)
  const problems: string[] = []
  let slowestMs = 0
  let left = 0
  try {
    const cutOff = await shop.start({ postgresUrl: database.href, answerMs: ANSWER_MS })
    for (let cut = 0; cut < partitions; cut += 1) {
      await shop.nextBatch(recipients)
      const batch = `@batch${shop.tasks.length - 1}.example`
      const how = cuts[cut % cuts.length] ?? 'drop'
      await sink.taken(sink.copies.length + 1 + Math.floor(random() * (recipients / 2)))
      await delay(random() * 20)
      proxy.cut(how)
      const at = sink.copies.length
      const since = Date.now()
      // Everything that was on its way has left or has been given up by then.
      await delay(2_000)
      const started = sink.copies.length - at
      left += started
      if (started > policy.unsettledMax) problems.push(`${how}: ${started} mails left after the line was cut`)
      const wild = await unclaimed(shop, batch, at)
      if (wild.length > 0) problems.push(`${how}: left without a stored claim: ${wild.slice(0, 3).join(', ')}`)
      const other = await shop.start()
      await delay(Math.max(0, cutMs - (Date.now() - since)))
      proxy.heal()
      const doneMs = await shop.untilDone(60_000)
      if (doneMs === null) problems.push(`${how}: the batch did not end`)
      slowestMs = Math.max(slowestMs, doneMs ?? Number.POSITIVE_INFINITY)
      if ((await other.stop()) !== 0) problems.push('the other worker did not end with 0')
      // The next line is cut with this one at work again.
      await cutOff.call([{ path: ['health'], args: [] }])
    }
    if ((await cutOff.stop()) !== 0) problems.push('the worker that was cut off did not end with 0')
    return await verdictOn(shop, {
      faults: partitions,
      perFault: policy.unsettledMax,
      problems: [...problems, ...unexpected(fleet.problems)],
      notes: [
        `${left} mails left after the line was cut, done ${(slowestMs / 1_000).toFixed(1)} s after it was healed`,
      ],
    })
  } finally {
    await shop.close()
    await proxy.close()
  }
}

export const partitions = listed<Size>({
  id: 'F17',
  about: 'the line between a worker and the database is cut while SMTP works',
  ci: { partitions: 3, cutMs: 17_000, recipients: 600 },
  acceptance: { partitions: 50, cutMs: 20_000, recipients: 1_000 },
  run: partition,
})
