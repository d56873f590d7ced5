import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { needs, skipMark, urlOf } from './needs.js'
import { startPostgres } from './postgres.js'
import { redisAnswers, startRedis } from './redis.js'
import { everythingRequired, reasonOf, skipLines } from './skip-reporter.js'

needs('postgres')('Postgres', () => {
  it('is found and answers', async () => {
    const client = new pg.Client({ connectionString: urlOf('postgres') })
    await client.connect()
    const { rows } = await client.query('select 1 + 1 as two')
    await client.end()
    expect(rows).toEqual([{ two: 2 }])
  })
})

needs('redis')('Redis', () => {
  it('is found and answers', async () => {
    expect(await redisAnswers(urlOf('redis'))).toBe(true)
  })
})

describe('a private server', () => {
  it('of Postgres starts in a temporary folder and stops', async ({ skip }) => {
    const server = await startPostgres()
    if (server === undefined) return skip('the PostgreSQL programs are not installed')
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    const { rows } = await client.query('show listen_addresses')
    await client.end()
    await server.stop()
    expect(rows).toEqual([{ listen_addresses: '127.0.0.1' }])
  }, 30_000)

  it('of Redis starts in a temporary folder and stops', async ({ skip }) => {
    const server = await startRedis()
    if (server === undefined) return skip('redis-server is not installed')
    expect(await redisAnswers(server.url)).toBe(true)
    await server.stop()
    expect(await redisAnswers(server.url)).toBe(false)
  })
})

describe('skips', () => {
  it('carry the reason which needs wrote into the name of the suite', () => {
    const reason = reasonOf(`storage ${skipMark('postgres')} > keeps all`, undefined, 'skip')
    expect(reason).toBe('no postgres: set DATABASE_URL, or install the PostgreSQL programs')
    expect(reasonOf('a > b', 'too old a Node', 'run')).toBe('too old a Node')
    expect(reasonOf('a > b', undefined, 'skip')).toBe('no reason given')
  })

  it('are counted by reason', () => {
    expect(skipLines(['x', 'y', 'x'])).toEqual(['SKIPPED 2 (x)', 'SKIPPED 1 (y)'])
    expect(skipLines([])).toEqual([])
  })

  it('fail the run on CI and where everything is required', () => {
    expect(everythingRequired({ MAILWRIGHT_REQUIRE_ALL: '1' })).toBe(true)
    expect(everythingRequired({ CI: 'true' })).toBe(true)
    expect(everythingRequired({})).toBe(false)
  })
})
