import { findChromium } from './chromium.js'
import { startPostgres, usualPostgres } from './postgres.js'
import type { Servers } from './provided.js'
import { startRedis, usualRedis } from './redis.js'
import { findProgram, type Throwaway } from './throwaway.js'

interface Found extends Servers {
  stop(): Promise<void>
}

type Sources = {
  readonly given: string | undefined
  readonly usual: () => Promise<string | undefined>
  readonly start: () => Promise<Throwaway | undefined>
}

async function find({ given, usual, start }: Sources): Promise<{ url: string | null; started?: Throwaway }> {
  if (given !== undefined && given !== '') return { url: given }
  const url = await usual()
  if (url !== undefined) return { url }
  const started = await start()
  return started === undefined ? { url: null } : { url: started.url, started }
}

/**
 * Looks for the servers of the integration tests: the URL in the environment, else one on the usual local port, else a
 * private one started from installed programs, else none. A URL that is given is used as it is, so that a wrong one
 * fails loudly in the tests.
 */
export async function findServers(): Promise<Found> {
  const [postgres, redis] = await Promise.all([
    find({ given: process.env.DATABASE_URL, usual: usualPostgres, start: startPostgres }),
    find({ given: process.env.REDIS_URL, usual: usualRedis, start: startRedis }),
  ])
  return {
    postgresUrl: postgres.url,
    redisUrl: redis.url,
    redisProgram: findProgram('redis-server') ?? null,
    chromiumPath: findChromium() ?? null,
    stop: async () => {
      await Promise.all([postgres.started?.stop(), redis.started?.stop()])
    },
  }
}
