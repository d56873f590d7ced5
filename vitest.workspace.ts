import { fileURLToPath } from 'node:url'

const globalSetup = fileURLToPath(new URL('./tests/servers/global-setup.ts', import.meta.url))

/** The one list of test projects. vitest no longer reads this file by itself: vitest.config.ts imports it. */
const project = (name: string, include: readonly string[]) => ({
  extends: true as const,
  test: { name, include: [...include] },
})

/** A project whose tests may use Postgres or Redis: see tests/servers/needs.ts. */
const withServers = (name: string, include: readonly string[]) => ({
  extends: true as const,
  test: { name, include: [...include], globalSetup },
})

export default [
  project('core', ['packages/core/{src,tests}/**/*.test.ts']),
  withServers('adapters', ['packages/adapters/{src,tests}/**/*.test.ts']),
  withServers('conformance', ['packages/conformance/{src,tests}/**/*.test.ts']),
  project('http', ['packages/http/{src,tests}/**/*.test.ts']),
  project('express', ['packages/express/{src,tests}/**/*.test.ts']),
  project('nest', ['packages/nest/{src,tests}/**/*.test.ts']),
  project('testing', ['packages/testing/{src,tests}/**/*.test.ts']),
  project('packed', ['tests/packed/**/*.test.ts']),
  project('architecture', ['tests/architecture/**/*.test.ts']),
  withServers('servers', ['tests/servers/**/*.test.ts']),
  withServers('e2e', ['tests/e2e/**/*.test.ts', 'examples/*/{src,tests}/**/*.test.ts']),
  project('threats', ['tests/threats/**/*.test.ts']),
  withServers('chaos', ['tests/chaos/**/*.test.ts']),
]
