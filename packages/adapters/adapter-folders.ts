import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const src = fileURLToPath(new URL('./src', import.meta.url))

const foldersIn = (path: string): readonly string[] =>
  existsSync(path)
    ? readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort()
    : []

/** Every `<kind>/<name>` under src that has an index.ts: one public export path each. */
export function adapterFolders(): readonly string[] {
  return foldersIn(src)
    .flatMap((kind) => foldersIn(`${src}/${kind}`).map((name) => `${kind}/${name}`))
    .filter((folder) => existsSync(`${src}/${folder}/index.ts`))
}

/** The `exports` of this package for those folders: ESM and CJS, each with its own types. */
export function adapterExports(folders: readonly string[]): Readonly<Record<string, unknown>> {
  const entry = (folder: string) => ({
    import: { types: `./dist/${folder}/index.d.ts`, default: `./dist/${folder}/index.js` },
    require: { types: `./dist/${folder}/index.d.cts`, default: `./dist/${folder}/index.cjs` },
  })
  return Object.fromEntries([
    ...folders.map((folder) => [`./${folder}`, entry(folder)]),
    ['./package.json', './package.json'],
  ])
}

/** node10 resolution knows no `exports`; these lines are all it needs to find the types. */
export function adapterTypesVersions(folders: readonly string[]): Readonly<Record<string, unknown>> {
  const kinds = [...new Set(folders.map((folder) => folder.slice(0, folder.indexOf('/'))))]
  return { '*': Object.fromEntries(kinds.map((kind) => [`${kind}/*`, [`./dist/${kind}/*/index.d.cts`]])) }
}
