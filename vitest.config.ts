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
        find: /^@mailwright\/(core|conformance|http|express|nest|testing)$/,
        replacement: at('./packages/$1/src/index.ts'),
      },
    ],
  },
  test: {
    // Nothing here is timed: the limit is only for what hangs, on machines that are busy.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects,
    reporters: ['default', new SkipReporter()],
  },
})
