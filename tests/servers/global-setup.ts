import type { TestProject } from 'vitest/node'
import { findServers } from './find-servers.js'

type Shared = { found: ReturnType<typeof findServers>; users: number }

// vitest loads this file once per project; the servers are shared by all of them through one well-known symbol.
const key = Symbol.for('mailwright.tests.servers')
const holder = globalThis as { [key]?: Shared }

/** vitest's globalSetup of every project that uses Postgres, Redis or a browser. The last project to finish stops what was started. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = holder[key] ?? { found: findServers(), users: 0 }
  holder[key] = shared
  shared.users += 1
  const { postgresUrl, redisUrl, redisProgram, chromiumPath, stop } = await shared.found
  project.provide('postgresUrl', postgresUrl)
  project.provide('redisUrl', redisUrl)
  project.provide('redisProgram', redisProgram)
  project.provide('chromiumPath', chromiumPath)
  return async () => {
    shared.users -= 1
    if (shared.users > 0) return
    delete holder[key]
    await stop()
  }
}
