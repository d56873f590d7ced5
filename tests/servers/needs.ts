import { describe, inject } from 'vitest'
import './provided.js'

const servers = {
  postgres: { provided: 'postgresUrl', remedy: 'set DATABASE_URL, or install the PostgreSQL programs' },
  redis: { provided: 'redisUrl', remedy: 'set REDIS_URL, or install redis-server' },
  'redis-server': { provided: 'redisProgram', remedy: 'install redis-server' },
  chromium: { provided: 'chromiumPath', remedy: 'set CHROMIUM_PATH, or install chromium' },
} as const

export type ServerName = keyof typeof servers

/** How a suite says in its name why it is skipped; the skip reporter reads it back. */
export const skipMark = (name: ServerName): string => `[no ${name}: ${servers[name].remedy}]`

type Suite = (name: string, body: () => void) => void

/**
 * A `describe` for suites that need a server: `needs('postgres')('storage', () => { … })`. Without the server the suite is
 * skipped, counted and named with its reason at the end of the run; MAILWRIGHT_REQUIRE_ALL=1 makes that a failure.
 */
export function needs(...names: readonly ServerName[]): Suite {
  const absent = names.filter((name) => {
    const url = inject(servers[name].provided)
    if (url === undefined) throw new Error(`Add tests/servers/global-setup.ts to this project to use ${name}.`)
    return url === null
  })
  if (absent.length === 0) return (name, body) => void describe(name, body)
  return (name, body) => void describe.skip(`${name} ${absent.map(skipMark).join(' ')}`, body)
}

/** The URL of a server, or the path of a program, inside a suite of `needs`. */
export function urlOf(name: ServerName): string {
  const url = inject(servers[name].provided)
  if (typeof url !== 'string') throw new Error(`Use ${name} only inside needs('${name}').`)
  return url
}
