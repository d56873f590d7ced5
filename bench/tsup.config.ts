import { defineConfig } from 'tsup'

/**
 * The cases as plain JavaScript over the built packages, which is what a host runs: a loader that compiles as it goes names every closure at run time, which
 * costs the hot path a tenth.
 */
export default defineConfig({
  entry: ['case', 'import-case', 'trigger-server'].map((name) => `bench/${name}.ts`),
  outDir: '.tmp/bench',
  format: ['esm'],
  target: 'node20',
  tsconfig: 'bench/tsconfig.json',
  skipNodeModulesBundle: true,
  clean: true,
  silent: true,
})
