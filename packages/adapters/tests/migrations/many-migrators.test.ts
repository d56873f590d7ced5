import { setTimeout as pause } from 'node:timers/promises'
import { fromPg } from '@mailwright/adapters/storage/postgres'
import { isMailError } from '@mailwright/core'
import pg from 'pg'
import { afterEach, expect, it } from 'vitest'
import { needs, urlOf } from '../../../../tests/servers/needs.js'
import { type Ask, shapeOf, versionsIn } from './shape.js'
import { watchedPool } from './watched.js'

needs('postgres')('processes that migrate one schema at once', () => {
  const schema = `migration_many_${process.pid}`
  const pools: pg.Pool[] = []
  const aPool = (): pg.Pool => {
    const pool = new pg.Pool({ connectionString: urlOf('postgres'), max: 4 })
    pool.on('error', () => undefined)
    pools.push(pool)
    return pool
  }

  afterEach(async () => {
    await pools[0]?.query(`drop schema if exists ${schema} cascade`)
    await Promise.all(pools.splice(0).map((pool) => pool.end()))
  })

  /** Resolves when so many sessions wait for the lock that docs/upgrading.md names. */
  async function waitersOf(pool: pg.Pool, count: number): Promise<void> {
    const waiting = `select count(*)::int as count from pg_locks where locktype = 'advisory' and not granted
      and ((classid::int8 << 32) | objid::int8) = hashtextextended($1, 0)`
    for (;;) {
      const { rows } = await pool.query<{ count: number }>(waiting, [`mailwright.migrate ${schema}`])
      if (rows[0]?.count === count) return
      await pause(20)
    }
  }

  it.each([2, 5])('F16: of %i one migrates, the others wait for it, and all come up', async (instances) => {
    const admin = aPool()
    const created: string[] = []
    const migrated = Array.from({ length: instances }, () => {
      const pool = watchedPool(aPool(), async (statement) => {
        if (!statement.startsWith('create')) return
        created.push(statement)
        // The first holds the lock in the middle of its migration until every other is known to wait.
        if (created.length === 3) await waitersOf(admin, instances - 1)
      })
      return fromPg(pool, { schema }).migrate()
    })
    await Promise.all(migrated)
    const made = created.filter(
      (statement) => /^create (table|index|function|sequence)/.test(statement) && !statement.includes('if not exists'),
    )
    expect(made.length).toBeGreaterThan(30)
    expect(new Set(made).size).toBe(made.length)
    await fromPg(admin, { schema, migrate: 'check' }).migrate()
  })

  it('F16: of five, when the one that migrates is killed, another takes over', async () => {
    const admin = aPool()
    let first = true
    const migrated = Array.from({ length: 5 }, () => {
      const pool = watchedPool(aPool(), async (statement, pid) => {
        if (!first || !statement.startsWith('create table')) return
        first = false
        await waitersOf(admin, 4)
        await admin.query('select pg_terminate_backend($1, 10000)', [pid])
      })
      return fromPg(pool, { schema })
        .migrate()
        .then(
          () => 'up',
          (error: unknown) => (isMailError(error) ? error.code : String(error)),
        )
    })
    expect((await Promise.all(migrated)).sort()).toEqual(['STORAGE_UNAVAILABLE', 'up', 'up', 'up', 'up'])
    await fromPg(admin, { schema, migrate: 'check' }).migrate()
  })

  it.each(['auto', 'check'] as const)(
    'F16: a schema of a newer version is refused under %s, untouched, with what to do',
    async (migrate) => {
      const pool = aPool()
      await fromPg(pool, { schema }).migrate()
      await pool.query(`insert into ${schema}.migration values (9999, 'of the future', 'unknown')`)
      const ask: Ask = (text, params) => pool.query(text, params)
      const [shape, versions] = [await shapeOf(ask, schema), await versionsIn(ask, schema)]
      const error: unknown = await fromPg(pool, { schema, migrate })
        .migrate()
        .then(
          () => null,
          (cause: unknown) => cause,
        )
      expect(isMailError(error, 'SCHEMA_NEWER')).toBe(true)
      expect(error).toMatchObject({
        message: expect.stringContaining('Start the newer version'),
        details: { schema, unknown: ['9999 of the future'] },
      })
      expect([await shapeOf(ask, schema), await versionsIn(ask, schema)]).toEqual([shape, versions])
    },
  )
})
