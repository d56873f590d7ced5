import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { fromPGlite, pglite } from '@mailwright/adapters/storage/postgres'
import { storageConformance, storageModelCase } from '@mailwright/conformance'
import { isMailError, type Storage } from '@mailwright/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const runner = { describe, it, expect }
const schema = 'mailwright'
// One database for all cases, emptied in between: making one takes two seconds.
const database = await PGlite.create()
afterAll(() => database.close())

const empty = async (): Promise<void> => {
  const { rows } = await database.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = $1 and tablename <> 'migration'`,
    [schema],
  )
  await database.exec(rows.map(({ name }) => `delete from ${schema}.${name};`).join(''))
}

const create = async (): Promise<Storage> => {
  await empty()
  return fromPGlite(database, { schema })
}

describe('pglite', () => {
  beforeAll(() => fromPGlite(database, { schema }).migrate())

  storageConformance({
    runner,
    create,
    reopen: async (former) => {
      await former.close()
      return fromPGlite(database, { schema })
    },
  })
  storageModelCase({ runner, create, runs: 15 })
})

describe('pglite in a folder', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'pglite-')), 'data')
  afterAll(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

  it('opens nothing before its first use, keeps what was stored, and lets one process in at a time', async () => {
    const first = pglite(folder)
    expect(existsSync(folder)).toBe(false)
    await first.migrate()
    const record = { kind: 'k', account: 'a', id: 'r', parent: '', name: '', state: '', createdAt: 1, data: { a: 1 } }
    await first.apply([{ guards: [], changes: [{ type: 'record.put', record, expect: 'absent' }] }])
    const second = pglite(folder)
    const error: unknown = await second.migrate().catch((cause: unknown) => cause)
    expect(isMailError(error, 'STORAGE_IN_USE')).toBe(true)
    await first.close()
    await second.migrate()
    expect(await second.read.record({ kind: 'k', account: 'a', id: 'r' })).toEqual({ ...record, version: 1 })
    await second.close()
  }, 30_000)

  it('declares what it is: durable in a folder, not in memory, one process, no transactions of others', () => {
    const one = { concurrentWriters: false, callerTransaction: false }
    expect(pglite(folder).capabilities).toEqual({ durable: true, ...one })
    expect(pglite('memory://').capabilities).toEqual({ durable: false, ...one })
  })
})
