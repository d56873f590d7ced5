import { PGlite } from '@electric-sql/pglite'
import { fromPGlite, fromPg } from '@mailwright/adapters/storage/postgres'
import { isMailError } from '@mailwright/core'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { needs, urlOf } from '../../../../tests/servers/needs.js'
import { type Ask, migrationScripts, shapeOf, versionsIn } from './shape.js'
import { watchedPGlite, watchedPool } from './watched.js'

/** What a schema is after each migration: by the versions its ledger holds, joined. */
async function wholeShapes(ask: Ask, exec: (script: string) => Promise<unknown>, schema: string) {
  const shapes = new Map<string, readonly string[]>([['', []]])
  const [begin = '', ...scripts] = migrationScripts(schema)
  await exec(begin)
  for (const script of scripts) {
    await exec(script)
    shapes.set((await versionsIn(ask, schema)).join(), await shapeOf(ask, schema))
  }
  await exec(`drop schema "${schema}" cascade`)
  expect(shapes.size).toBe(scripts.length + 1)
  return shapes
}

class Killed extends Error {}

needs('postgres')('a migration on Postgres', () => {
  const schema = `migration_kill_${process.pid}`
  const pool = new pg.Pool({ connectionString: urlOf('postgres'), max: 4 })
  pool.on('error', () => undefined)
  const ask: Ask = (text, params) => pool.query(text, params)
  const drop = () => pool.query(`drop schema if exists ${schema} cascade`)

  afterAll(async () => {
    await drop()
    await pool.end()
  })

  it('F16: whose connection is terminated behind any of its statements leaves whole migrations, and the next run goes on', {
    timeout: 900_000,
  }, async () => {
    const shapes = await wholeShapes(ask, (script) => pool.query(script), schema)
    const complete = [...shapes.keys()].at(-1)
    /** Migrates and ends the connection behind the statement of that number; answers how many were executed. */
    const killedAt = async (last: number) => {
      let executed = 0
      let behind = ''
      const watched = watchedPool(pool, async (statement, pid) => {
        executed += 1
        if (executed === last) behind = statement
        // Waits until the backend is gone: what is asked next meets a dead connection.
        if (executed === last) await pool.query('select pg_terminate_backend($1, 10000)', [pid])
      })
      const outcome = await fromPg(watched, { schema })
        .migrate()
        .then(
          () => 'done',
          (error: unknown) => (isMailError(error) ? error.code : String(error)),
        )
      return { executed, outcome, behind }
    }
    const { executed: statements, outcome } = await killedAt(0)
    expect(outcome).toBe('done')
    expect(statements).toBeGreaterThan(40)

    for (let last = 1; last <= statements; last += 1) {
      await drop()
      const killed = await killedAt(last)
      // Behind a commit nothing is lost: the next migration takes another connection.
      const outcome = killed.behind === 'commit' ? 'done' : 'STORAGE_UNAVAILABLE'
      expect({ last, outcome: killed.outcome }).toEqual({ last, outcome })
      const left = (await versionsIn(ask, schema)).join()
      expect({ last, shape: await shapeOf(ask, schema) }).toEqual({ last, shape: shapes.get(left) })
      await fromPg(pool, { schema }).migrate()
      expect({ last, versions: (await versionsIn(ask, schema)).join() }).toEqual({ last, versions: complete })
      expect({ last, shape: await shapeOf(ask, schema) }).toEqual({ last, shape: shapes.get(complete ?? '') })
    }
    console.log(`${statements} statements, killed behind each`)
  })
})

describe('a migration on PGlite', () => {
  it('F16: broken off behind any of its statements leaves whole migrations, and the next run goes on', {
    timeout: 900_000,
  }, async () => {
    const schema = 'migration_kill'
    const database = await PGlite.create()
    const ask: Ask = (text, params) => database.query(text, params)
    const shapes = await wholeShapes(ask, (script) => database.exec(script), schema)
    const brokenOffAt = async (last: number) => {
      let executed = 0
      const watched = watchedPGlite(database, () => {
        executed += 1
        if (executed === last) throw new Killed()
      })
      await fromPGlite(watched, { schema })
        .migrate()
        .catch(() => undefined)
      return executed
    }
    // Goes on where the last one was broken off, so that every statement is the last once, and each state left is gone on from.
    let last = 1
    for (; (await brokenOffAt(last)) === last; last += 1) {
      const left = (await versionsIn(ask, schema)).join()
      expect({ last, shape: await shapeOf(ask, schema) }).toEqual({ last, shape: shapes.get(left) })
      if (left !== '') await database.exec(`drop schema "${schema}" cascade`)
    }
    expect(last).toBeGreaterThan(40)
    await fromPGlite(database, { schema }).migrate()
    expect(await shapeOf(ask, schema)).toEqual([...shapes.values()].at(-1))
    await database.close()
  })
})
