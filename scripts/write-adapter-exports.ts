/** Writes packages/adapters/package.json `exports` and `typesVersions` from the folders under src. Run after adding an adapter. */
import { readFileSync, writeFileSync } from 'node:fs'
import { adapterExports, adapterFolders, adapterTypesVersions } from '../packages/adapters/adapter-folders.js'

const path = new URL('../packages/adapters/package.json', import.meta.url)
const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
const folders = adapterFolders()
manifest.exports = adapterExports(folders)
manifest.typesVersions = adapterTypesVersions(folders)
writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`)
console.log(`${folders.length} adapter paths written`)
