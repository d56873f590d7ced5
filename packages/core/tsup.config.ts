import { defineConfig } from 'tsup'

export default defineConfig({
  entry: { index: 'src/index.ts' },
  format: ['esm', 'cjs'],
  dts: true,
  target: 'node20',
  tsconfig: '../../tsconfig.build.json',
  sourcemap: true,
  clean: true,
})
