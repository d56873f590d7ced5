import { createHash } from 'node:crypto'
import { MailError } from '@mailwright/core'
import type { SqlClient, SqlSession } from './client.js'
import { type Migration, migrations } from './migrations/index.js'
import { quotedSchema } from './schema.js'

const checksumOf = (migration: Migration): string =>
  createHash('sha256').update(migration.sql('"schema"')).digest('hex').slice(0, 32)

const ledger = (s: string): string =>
  `create table if not exists ${s}.migration (version int4 primary key, name text not null, checksum text not null);`

const applied = (migration: Migration, s: string): string =>
  `insert into ${s}.migration values (${migration.version}, '${migration.name}', '${checksumOf(migration)}');`

/** All migrations as one script, for those who apply them by their own tools (HOST-2). Run it once, on a database without the schema. */
export const printMigrations = (schema = 'mailwright'): string => {
  const s = quotedSchema(schema)
  const steps = migrations.map(
    (migration) => `-- ${migration.version} ${migration.name}\n${migration.sql(s).trim()}\n${applied(migration, s)}\n`,
  )
  return ['begin;', `create schema if not exists ${s};`, ledger(s), ...steps, 'commit;', ''].join('\n')
}

/** @throws SCHEMA_NEWER for a schema that holds a migration we do not know; ADAPTER_FAILED for one that is not what we applied under that number. */
const pendingIn = async (session: SqlSession, schema: string): Promise<readonly Migration[]> => {
  const s = quotedSchema(schema)
  // Not to_regclass: it answers from a cache that may not know yet what the process before us has just committed.
  const [there] = await session.query(
    `select 1 as one from pg_catalog.pg_tables where schemaname = $1::text and tablename = 'migration'`,
    [schema],
  )
  if (there === undefined) return migrations
  const rows = await session.query<{ version: number; name: string; checksum: string }>(
    `select version, name, checksum from ${s}.migration order by version`,
  )
  const newest = migrations.at(-1)?.version ?? 0
  const unknown = rows.filter(({ version }) => version > newest).map(({ version, name }) => `${version} ${name}`)
  if (unknown.length > 0) throw new MailError('SCHEMA_NEWER', { schema, knownThrough: newest, unknown })
  const known = new Map(rows.map((row) => [row.version, row.checksum]))
  for (const migration of migrations) {
    const checksum = known.get(migration.version)
    if (checksum !== undefined && checksum !== checksumOf(migration))
      throw new MailError('ADAPTER_FAILED', { adapter: 'postgres', operation: 'migrate', changed: migration.name })
  }
  return migrations.filter((migration) => !known.has(migration.version))
}

/** @throws MIGRATIONS_PENDING with the names of those that are missing. */
export const checkMigrations = async (client: SqlClient, schema: string): Promise<void> => {
  const pending = await pendingIn(client, schema)
  if (pending.length > 0)
    throw new MailError('MIGRATIONS_PENDING', {
      schema,
      pending: pending.map(({ version, name }) => `${version} ${name}`),
    })
}

/**
 * Each migration is a transaction of its own under one advisory lock per schema: processes that start at once wait for each other,
 * and one killed in between leaves whole migrations only.
 */
export const runMigrations = async (client: SqlClient, schema: string): Promise<void> => {
  const s = quotedSchema(schema)
  for (let more = true; more; ) {
    more = await client.transaction(async (session) => {
      await session.query(`select pg_advisory_xact_lock(hashtextextended($1::text, 0))::text`, [
        `mailwright.migrate ${schema}`,
      ])
      const [next, ...rest] = await pendingIn(session, schema)
      if (next === undefined) return false
      // Only when it is missing: a host may let us use a schema without letting us create one.
      const [there] = await session.query(`select 1 from pg_namespace where nspname = $1::text`, [schema])
      await session.script(
        `${there === undefined ? `create schema ${s};` : ''}${ledger(s)}${next.sql(s)}${applied(next, s)}`,
      )
      return rest.length > 0
    }, 'patient')
  }
}
