import { setTimeout as delay } from 'node:timers/promises'
import { seededRandom } from '../seeded-random.js'
import { type Given, listed, type Report } from './scenario.js'
import { aShop, type Shop } from './shop.js'
import { verdictOn } from './verdict.js'

interface Size {
  readonly kills: number
  readonly recipients: number
}

const policy = { startLevel: 20, chunkRows: 100, unsettledMax: 50 }
/** A lease is taken over so long after its end, for clocks that differ (DESIGN §3). */
const TAKEOVER_MS = 5_000
const RESUMES_WITHIN_MS = 60_000

interface HeldWork {
  readonly tokens: readonly string[]
  readonly until: number
}

/** What a dead worker's leases still hold of the mail. */
async function heldWork({ pool, schema }: Shop): Promise<HeldWork> {
  const { rows } = await pool.query<{ token: string; until: string }>(
    `select token, lease_until as until from ${schema}.work where token is not null and kind <> 'upkeep'`,
  )
  return { tokens: rows.map(({ token }) => token), until: Math.max(0, ...rows.map(({ until }) => Number(until))) }
}

/** Until somebody else has taken it; null if nobody does. */
async function takenOver({ pool, schema, now }: Shop, { tokens }: HeldWork, killedAt: number): Promise<number | null> {
  for (const patience = Date.now() + 20_000; Date.now() < patience; await delay(20)) {
    const text = `select 1 from ${schema}.work where token = any($1::text[]) limit 1`
    const { rows } = await pool.query(text, [tokens])
    if (rows.length === 0) return now() - killedAt
  }
  return null
}

/**
 * One worker at a time, killed as the receiver takes the n-th mail, n at random. The time then leaps to where its leases may be taken over, so a
 * run need not wait for that; how long nothing would have moved is told in the time of the service, with the default lease.
 */
async function killWorkers({ place, seed, queue }: Given, { kills, recipients }: Size): Promise<Report> {
  const random = seededRandom(seed)
  const shop = await aShop({ postgresUrl: place.postgresUrl, policy, queue, clock: 'shifted' })
  const { sink, fleet } = shop
  const problems: string[] = []
  let slowestMs = 0
  try {
    await shop.nextBatch(recipients)
    let worker = await shop.start()
    for (let kill = 0; kill < kills; kill += 1) {
      const reached = sink.taken(sink.copies.length + 1 + Math.floor(random() * 120)).then(() => true)
      while (!(await Promise.race([reached, delay(300).then(() => false)])))
        if (await shop.lastIsDone()) await shop.nextBatch(recipients)
      await delay(random() * 12)
      await worker.kill()
      const killedAt = shop.now()
      const held = await heldWork(shop)
      shop.skip(Math.max(0, held.until + TAKEOVER_MS - shop.now()))
      worker = await shop.start()
      const tookMs = await takenOver(shop, held, killedAt)
      slowestMs = Math.max(slowestMs, tookMs ?? Number.POSITIVE_INFINITY)
    }
    if (slowestMs > RESUMES_WITHIN_MS) problems.push(`work was taken over after ${Math.round(slowestMs)} ms`)
    if ((await shop.untilDone(60_000)) === null) problems.push('the batch did not end')
    const code = await worker.stop()
    if (code !== 0) problems.push(`the last worker ended with ${code}`)
    return await verdictOn(shop, {
      faults: kills,
      perFault: policy.unsettledMax,
      problems: [...problems, ...fleet.problems],
      notes: [`taken over within ${(slowestMs / 1_000).toFixed(1)} s`],
    })
  } finally {
    await shop.close()
  }
}

export const workerKills = listed<Size>({
  id: 'F1',
  about: 'kill -9 of the worker at random times in a batch',
  ci: { kills: 20, recipients: 1_000 },
  acceptance: { kills: 100, recipients: 1_000 },
  run: killWorkers,
})
