import { fromPg } from '@mailwright/adapters/storage/postgres'
import pg from 'pg'
import { afterAll, expect, it } from 'vitest'
import { needs, urlOf } from '../servers/needs.js'
import { aService, DAY, START, settle, welcome } from './a-service.js'

needs('postgres')('folded statistics', () => {
  const pool = new pg.Pool({ connectionString: urlOf('postgres'), max: 8 })
  const schema = `e2e_fold_${process.pid}`
  const storage = fromPg(pool, { schema })

  afterAll(async () => {
    await pool.query(`drop schema if exists ${schema} cascade`)
    await pool.end()
  })

  it('STA-3: a day and a half later upkeep folds what was counted, in steps, and no answer changes', async () => {
    await storage.migrate()
    const service = await aService({ storage, policy: { fold: { stepRows: 1 } } })
    const { mail } = service
    for (const name of ['ann@a.example', 'bob@b.example']) await mail.send({ ...welcome, to: name })
    const rowsOf = async (table: string): Promise<number> => {
      const { rows } = await pool.query(`select 1 from ${schema}.${table} where cube in ('sender', 'recipient')`)
      return rows.length
    }
    const question = { from: START - DAY, to: START + DAY, by: 'recipientDomain' as const }
    await settle(service, START + DAY)
    await mail.tick()
    expect(await rowsOf('tally_closed')).toBe(0)
    const answer = await mail.statistics.sending(question)
    expect(answer.total.counts).toMatchObject({ accepted: 2, delivered: 2 })
    await settle(service, START + 2 * DAY)
    await mail.tick()
    expect([await rowsOf('tally'), await rowsOf('tally_closed')]).toEqual([0, 3])
    expect(await mail.statistics.sending(question)).toEqual(answer)
  })
})
