import { defineConfig } from 'tsup'
import { adapterFolders } from './adapter-folders.js'

export default defineConfig({
  entry: Object.fromEntries(adapterFolders().map((folder) => [`${folder}/index`, `src/${folder}/index.ts`])),
  format: ['esm', 'cjs'],
  dts: true,
  target: 'node20',
  tsconfig: '../../tsconfig.build.json',
  sourcemap: true,
  clean: true,
})
