import { randomUUID } from 'node:crypto'
import { fromPg, pglite } from '@mailwright/adapters/storage/postgres'
import pg from 'pg'
import { describe, it } from 'vitest'
import { aFullService } from '../../packages/http/tests/a-full-account.js'
import { expectForeignAsAbsent } from '../../packages/http/tests/foreign-ids.js'
import { needs, urlOf } from '../servers/needs.js'

describe('two tenants on the embedded store', () => {
  it('T16, ACC-2: every operation upon a foreign id answers as upon an absent one, and changes nothing', async () => {
    await expectForeignAsAbsent(await aFullService({ storage: pglite('memory://') }))
  })
})

needs('postgres')('two tenants on Postgres', () => {
  it('T16, ACC-2: every operation upon a foreign id answers as upon an absent one, and changes nothing', async () => {
    const pool = new pg.Pool({ connectionString: urlOf('postgres') })
    const schema = `tenants_${randomUUID().slice(0, 8)}`
    try {
      await expectForeignAsAbsent(await aFullService({ storage: fromPg(pool, { schema }) }))
    } finally {
      await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)
      await pool.end()
    }
  })
})
