import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { isMailError } from '@mailwright/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SqlClient } from './client.js'
import { codeOf } from './errors.js'
import { lazyClient } from './lazy-client.js'
import { resolvePeer } from './peer.js'
import { startThread } from './pglite-thread.js'
import { threadedClient } from './threaded-client.js'

const folder = mkdtempSync(join(tmpdir(), 'pglite-thread-'))
const pglite = resolvePeer('@electric-sql/pglite') ?? ''
let opened = 0
let worker: Worker
let client: SqlClient

beforeAll(async () => {
  client = lazyClient(
    async (lost) => {
      opened += 1
      process.once('worker', (started: Worker) => {
        worker = started
      })
      const thread = await startThread({ pglite, folder: join(folder, 'database'), onLost: lost })
      if (thread === null) throw new Error('no thread')
      const { close } = thread
      return threadedClient(thread, close)
    },
    () => null,
  )
  await client.script('create table t (id int4 primary key, name text); create table other (id int4)')
})
afterAll(async () => {
  await client.close()
  rmSync(folder, { recursive: true, force: true })
})

const errorOf = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => null,
    (error: unknown) => error,
  )
const namesIn = async (table: string): Promise<readonly unknown[]> => client.query(`select * from ${table} order by 1`)
describe('a database in a thread of its own', () => {
  it('leaves the event loop free while a long statement runs', async () => {
    let turns = 0
    let running = true
    const turn = (): void => {
      turns += 1
      if (running) setImmediate(turn)
    }
    setImmediate(turn)
    await client.query('select count(*)::int8 as n from generate_series(1, 1000000) a')
    running = false
    expect(turns).toBeGreaterThan(20)
  })

  it('gives rows as any other client: numbers, truth, null, ids', async () => {
    expect(
      await client.query(
        `select 5000000000::int8 as big, true as yes, null::text as none, 'ä'::text as text, 'x'::bytea as id, $1::int4 as n`,
        [7],
      ),
    ).toEqual([{ big: 5_000_000_000, yes: true, none: null, text: 'ä', id: 'x', n: 7 }])
    expect(await client.query('select 1 as one where false')).toEqual([])
  })

  it('knows the columns of a statement anew after a script', async () => {
    await client.script('create table changing (a int4); insert into changing values (1)')
    expect(await namesIn('changing')).toEqual([{ a: 1 }])
    await client.script(`alter table changing add b text default 'b'`)
    expect(await namesIn('changing')).toEqual([{ a: 1, b: 'b' }])
  })

  it('keeps the code, the table and the constraint of a failure', async () => {
    await client.query(`insert into t values (1, 'one')`)
    const error = await errorOf(client.query(`insert into t values (1, 'one')`))
    expect(error).toMatchObject({ code: '23505', table: 't', constraint: 't_pkey' })
  })

  it('undoes a transaction of which a statement fails that nobody waited for, and says which', async () => {
    const error = await errorOf(
      client.transaction(async (session) => {
        session.send(`insert into t values (2, 'two')`, [])
        session.send(`insert into t values (1, 'again')`, [])
        session.send(`insert into t values (3, 'three')`, [])
      }),
    )
    expect(codeOf(error)).toBe('23505')
    expect(await namesIn('t')).toEqual([{ id: 1, name: 'one' }])
  })

  it('keeps the statements of others out of a transaction, and undoes one whose work fails', async () => {
    let others: Promise<unknown> = Promise.resolve()
    const failure = new Error('changed my mind')
    const error = await errorOf(
      client.transaction(async (session) => {
        await session.query('insert into other values (1)')
        others = Promise.all([
          client.query('insert into other values (2)'),
          client.transaction(async (own) => own.query('insert into other values (3)')),
        ])
        await session.query('insert into other values (4)')
        throw failure
      }),
    )
    expect(error).toBe(failure)
    await others
    expect(await namesIn('other')).toEqual([{ id: 2 }, { id: 3 }])
  })

  it('F1: rejects every open call with STORAGE_UNAVAILABLE when the thread dies, opens anew, and has lost nothing that was committed', async () => {
    await client.query(`insert into t values (10, 'kept')`)
    const before = opened
    const inside = errorOf(
      client.transaction(async (session) => {
        await session.query(`insert into t values (11, 'not committed')`)
        void worker.terminate()
        await session.query('select 1')
      }),
    )
    const behind = errorOf(client.query('select 2'))
    for (const error of await Promise.all([inside, behind]))
      expect(isMailError(error, 'STORAGE_UNAVAILABLE')).toBe(true)
    expect(await namesIn('t')).toEqual([
      { id: 1, name: 'one' },
      { id: 10, name: 'kept' },
    ])
    expect(opened).toBe(before + 1)
  })

  it('rejects an opening that fails, and answers null where PGlite cannot be loaded', async () => {
    const onLost = (): void => undefined
    const nowhere = startThread({ pglite, folder: '/dev/null/database', onLost })
    expect(await errorOf(nowhere)).toBeInstanceOf(Error)
    expect(await startThread({ pglite: join(folder, 'none.cjs'), folder: null, onLost })).toBe(null)
  })
})
