import { randomUUID } from 'node:crypto'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { fromPg } from '@mailwright/adapters/storage/postgres'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { runSeed, seededRandom } from '../chaos/seeded-random.js'
import { needs, urlOf } from '../servers/needs.js'
import { DAY, START } from './a-service.js'
import { compare } from './statistics-questions.js'
import { replay } from './statistics-replay.js'
import { type Asked, mailsOf, scanned } from './statistics-scan.js'
import { aWorld } from './statistics-world.js'

describe('statistics against a full scan', () => {
  const seed = runSeed()

  it.each([0, 1, 2, 3, 4])(
    `STA-2: random questions equal a scan of all messages and events (world ${seed} + %i)`,
    async (n) => {
      const world = await aWorld(seededRandom(seed + n))
      expect(world.service.problems.filter((line) => !line.startsWith('mail-waits'))).toEqual([])
      await compare(world.storage, world, seed + n, { withTags: true })
    },
  )

  it(`STA-2: the same events in any order and twice give the same numbers (world ${seed})`, async () => {
    const world = await aWorld(seededRandom(seed))
    for (const order of [1, 2, 3]) {
      const storage = memoryStorage()
      await replay(world, storage, seededRandom(seed + order))
      await compare(storage, world, seed + order)
    }
  })

  needs('postgres')('on Postgres', () => {
    it(`STA-2: the same events in any order and twice give the same numbers, and a scan of its rows, too (world ${seed})`, async () => {
      const pool = new pg.Pool({ connectionString: urlOf('postgres'), max: 4 })
      const schema = `statistics_${randomUUID().slice(0, 8)}`
      try {
        const world = await aWorld(seededRandom(seed))
        const storage = fromPg(pool, { schema })
        await storage.migrate()
        await replay(world, storage, seededRandom(seed + 1))
        await compare(storage, world, seed + 1)
      } finally {
        await pool.query(`drop schema if exists ${schema} cascade`)
        await pool.end()
      }
    })
  })

  it('STA-2: a scan is no mirror: it tells a wrong number from a right one', async () => {
    const world = await aWorld(seededRandom(1))
    const mails = await mailsOf(world.storage, world)
    const asked: Asked = { from: START - DAY, to: START + 60 * DAY, by: [] as never }
    const [row] = scanned(mails, asked, world.tags)
    expect(row?.counts.accepted).toBeGreaterThan(20)
    expect(row?.counts.refused).toBeGreaterThan(0)
    expect(row?.counts.opens).toBeGreaterThan(0)
    expect(row?.counts.deferred).toBeGreaterThan(0)
    expect(row?.counts.clicks).toBeGreaterThan(0)
  })
})
