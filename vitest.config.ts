import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { SkipReporter } from './tests/servers/skip-reporter.ts'
import projects from './vitest.workspace.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@mailwright\/adapters\/(.+)$/, replacement: at('./packages/adapters/src/$1/index.ts') },
      {
        find: /^@mailwright\/(core|conformance|http|express|nest|testing|cli)$/,
        replacement: at('./packages/$1/src/index.ts'),
      },
    ],
  },
  test: {
    // Nothing here is timed: the limit is only for what hangs, on machines that are busy.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    // vitest leaves a core free, which is half of two; many tests wait more than they compute.
    maxWorkers: Math.max(2, availableParallelism()),
    projects,
    reporters: ['default', new SkipReporter()],
  },
})
