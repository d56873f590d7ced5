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

/** The tests of packages/nest once more, with the Nest 11 that tests/nest-11 has beside the repository's Nest 12. */
const nest11 = {
  ...project('nest-11', ['packages/nest/{src,tests}/**/*.test.ts']),
  resolve: {
    alias: ['common', 'core', 'platform-express', 'platform-fastify'].map((name) => ({
      find: `@nestjs/${name}`,
      replacement: fileURLToPath(new URL(`./tests/nest-11/node_modules/@nestjs/${name}/index.js`, import.meta.url)),
    })),
  },
}

/** What npm would publish, built first if that is not of today. */
const packed = {
  extends: true as const,
  test: {
    name: 'packed',
    include: ['tests/packed/**/*.test.ts'],
    globalSetup: fileURLToPath(new URL('./tests/packed/build-stale.ts', import.meta.url)),
  },
}

/** Pages in a real browser, over the console as it is built now. After everything else: a browser takes both of two cores. */
const browser = {
  extends: true as const,
  test: {
    name: 'browser',
    include: ['tests/browser/**/*.test.ts'],
    globalSetup: [globalSetup, fileURLToPath(new URL('./tests/browser/build-console.ts', import.meta.url))],
    sequence: { groupOrder: 1 },
  },
}

/** Several processes and the faults they meet, in real time: last, beside nothing else. */
const chaos = {
  extends: true as const,
  test: { name: 'chaos', include: ['tests/chaos/**/*.test.ts'], globalSetup, sequence: { groupOrder: 2 } },
}

export default [
  project('core', ['packages/core/{src,tests}/**/*.test.ts']),
  withServers('adapters', ['packages/adapters/{src,tests}/**/*.test.ts']),
  withServers('conformance', ['packages/conformance/{src,tests}/**/*.test.ts']),
  project('http', ['packages/http/{src,tests}/**/*.test.ts']),
  project('express', ['packages/express/{src,tests}/**/*.test.ts']),
  project('nest', ['packages/nest/{src,tests}/**/*.test.ts']),
  nest11,
  project('testing', ['packages/testing/{src,tests}/**/*.test.ts']),
  project('console', ['packages/console/src/**/*.test.ts']),
  withServers('cli', ['packages/cli/{src,tests}/**/*.test.ts']),
  packed,
  project('architecture', ['tests/architecture/**/*.test.ts']),
  withServers('servers', ['tests/servers/**/*.test.ts']),
  withServers('e2e', ['tests/e2e/**/*.test.ts', 'examples/*/{src,tests}/**/*.test.ts']),
  project('threats', ['tests/threats/**/*.test.ts']),
  browser,
  chaos,
]
