import { randomUUID } from 'node:crypto'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { fromPg } from '@mailwright/adapters/storage/postgres'
import type { Change, Storage } from '@mailwright/core'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { runSeed, seededRandom } from '../chaos/seeded-random.js'
import { needs, urlOf } from '../servers/needs.js'
import { DAY } from './a-service.js'
import { compare } from './statistics-questions.js'
import { replay } from './statistics-replay.js'
import { mailsOf } from './statistics-scan.js'
import { aWorld, type World } from './statistics-world.js'

const QUARTER = 900_000

const change = async (storage: Storage, one: Change): Promise<void> => {
  const [result] = await storage.apply([{ guards: [], changes: [one] }])
  expect(result?.applied).toBe(true)
}

/** Folds what is older than some instant of the world's life, in steps of some size. */
const foldingOf = (world: World, storage: Storage, random: () => number) => (): Promise<void> =>
  change(storage, {
    type: 'fold',
    before: world.startedAt + Math.floor(random() * 12 * DAY),
    limit: 1 + Math.floor(random() * 50),
  })

/** The same life told in another order, twice, folded meanwhile; then its rows go, and in the end its older cells. */
async function retold(world: World, storage: Storage, seed: number): Promise<void> {
  const random = seededRandom(seed)
  const fold = foldingOf(world, storage, random)
  await replay(world, storage, random, fold)
  await compare(storage, world, seed)
  // Now, since whose word about a batch row came first has decided where it counts.
  const mails = await mailsOf(storage, world)
  for (const rows of ['events', 'messages'] as const) {
    await change(storage, { type: 'purge', rows, before: world.startedAt + 60 * DAY, limit: 10_000 })
    await fold()
    await compare(storage, world, seed + 1, { mails, users: false })
  }
  const until = world.startedAt + Math.floor(random() * 400) * QUARTER
  for (const rows of ['tallies.sender', 'tallies.recipient'] as const)
    await change(storage, { type: 'purge', rows, before: until, limit: 100_000 })
  const kept = mails.filter(({ sentAt }) => sentAt >= until)
  await compare(storage, world, seed + 2, { mails: kept, users: false, rowsMin: 0 })
  await fold()
  await compare(storage, world, seed + 3, { mails: kept, users: false, rowsMin: 0 })
}

describe('statistics of difficult lives', () => {
  const seed = runSeed()

  it.each([
    ['Havana has midnight twice', '2026-10-31T15:00Z'],
    ['Cairo has a day without midnight', '2026-04-23T05:00Z'],
    ['Lord Howe puts its clocks back by half an hour', '2026-04-04T02:00Z'],
    ['Chatham puts its clocks forward within an hour', '2026-09-26T01:00Z'],
    ['Berlin has an hour twice', '2026-10-24T12:00Z'],
  ])(`STA-2: random questions equal a scan while %s (world ${seed})`, async (_, start) => {
    const world = await aWorld(seededRandom(seed), { startAt: Date.parse(start) })
    await compare(world.storage, world, seed, { withTags: true })
  })

  it.each([1_900, 40 * 60_000])(
    `STA-2: two processes of which one is %i ms behind count as one scan does (world ${seed})`,
    async (behindMs) => {
      const world = await aWorld(seededRandom(seed), { behindMs })
      await compare(world.storage, world, seed, { withTags: true })
    },
  )

  it(`STA-2: what a deleted domain, sender and template have sent is counted as before (world ${seed})`, async () => {
    const world = await aWorld(seededRandom(seed), { deleting: true })
    await compare(world.storage, world, seed, { withTags: true })
  })

  it(`STA-2, DLV-4: in any order, twice, folded anywhere, and after rows and older cells are purged (world ${seed})`, async () => {
    const world = await aWorld(seededRandom(seed))
    await retold(world, memoryStorage(), seed)
  })

  needs('postgres')('on Postgres', () => {
    it(`STA-2, DLV-4: in any order, twice, folded anywhere, and after rows and older cells are purged (world ${seed})`, async () => {
      const pool = new pg.Pool({ connectionString: urlOf('postgres'), max: 4 })
      const schema = `statistics_${randomUUID().slice(0, 8)}`
      try {
        const world = await aWorld(seededRandom(seed))
        const storage = fromPg(pool, { schema })
        await storage.migrate()
        await retold(world, storage, seed)
      } finally {
        await pool.query(`drop schema if exists ${schema} cascade`)
        await pool.end()
      }
    })
  })
})
