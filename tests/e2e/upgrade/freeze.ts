/**
 * Writes frozen-<version>.sql: the old story as today's code stores it, for upgrade.test.ts to open with the code of later. Run it once before a release that follows a
 * new migration, and keep the file as it is:
 *
 *   DATABASE_URL=postgres://… npx tsx tests/e2e/upgrade/freeze.ts
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { steppedClock } from '@mailwright/adapters/clock/stepped'
import { fromPg } from '@mailwright/adapters/storage/postgres'
import pg from 'pg'
import { aService, START } from '../a-service.js'
import { oldOptions, tellOldStory } from './old-story.js'

const url = process.env.DATABASE_URL
if (url === undefined) throw new Error('DATABASE_URL is missing')
const schema = 'mailwright_frozen'
const pool = new pg.Pool({ connectionString: url })
await pool.query(`drop schema if exists ${schema} cascade`)
const clock = steppedClock(START)
const service = await aService({ storage: fromPg(pool, { schema, clock }), clock, ...oldOptions })
await tellOldStory(service)
await service.mail.stop()
const { rows } = await pool.query<{ version: number }>(`select max(version) as version from ${schema}.migration`)
const dump = execFileSync('pg_dump', ['--schema', schema, '--inserts', '--no-owner', '--no-privileges', url], {
  encoding: 'utf8',
})
await pool.query(`drop schema ${schema} cascade`)
await pool.end()
// What belongs to the server and session of that day, and remarks, are no part of it.
const kept = dump.split('\n').filter((line) => !/^(--|SET |SELECT pg_catalog\.set_config|\\|$)/.test(line))
const name = `frozen-${String(rows[0]?.version).padStart(4, '0')}.sql`
writeFileSync(fileURLToPath(new URL(name, import.meta.url)), `${kept.join('\n')}\n`)
console.log(`${name} written: ${kept.length} lines`)
