import { defineConfig } from 'tsup'

/** How every package is built: ESM and CJS, each with its types. */
export const packageBuild = (entry: Readonly<Record<string, string>> = { index: 'src/index.ts' }) =>
  defineConfig({
    entry,
    format: ['esm', 'cjs'],
    dts: true,
    target: 'node20',
    tsconfig: '../../tsconfig.build.json',
    sourcemap: true,
    clean: true,
    // Where import.meta is read, __filename was asked for first.
    esbuildOptions: (options) => {
      options.logOverride = { 'empty-import-meta': 'silent' }
    },
  })
