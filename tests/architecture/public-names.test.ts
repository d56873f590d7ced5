import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { adapterExports, adapterFolders, adapterTypesVersions } from '../../packages/adapters/adapter-folders.js'
import { exportedNames } from './exported-names.js'
import { packageNames, root, shipped } from './source-tree.js'

const sources = new Map(shipped.map((source) => [source.path, source]))
const manifestOf = (name: string) =>
  JSON.parse(readFileSync(join(root, `packages/${name}/package.json`), 'utf8')) as Record<string, unknown>

describe('public names', () => {
  // A change here is a change for every user: it wants a changeset. Renew the file with `npx vitest run -u --project architecture`.
  it('of core are the ones written down in core-names.txt', async () => {
    const names = exportedNames('packages/core/src/index.ts', sources)
    expect(names.length).toBeGreaterThan(0)
    await expect(`${names.join('\n')}\n`).toMatchFileSnapshot('./core-names.txt')
  })

  it('of adapters have one export path per folder: npm run write:exports', () => {
    const manifest = manifestOf('adapters')
    expect(manifest.exports).toEqual(adapterExports(adapterFolders()))
    expect(manifest.typesVersions).toEqual(adapterTypesVersions(adapterFolders()))
  })

  it.each(packageNames)('of %s offer ESM and CJS, each with its own types', (name) => {
    const { exports } = manifestOf(name) as { exports: Record<string, unknown> }
    for (const [path, entry] of Object.entries(exports)) {
      if (path === './package.json') continue
      expect(entry, path).toEqual({
        import: { types: expect.stringMatching(/\.d\.ts$/), default: expect.stringMatching(/\.js$/) },
        require: { types: expect.stringMatching(/\.d\.cts$/), default: expect.stringMatching(/\.cjs$/) },
      })
    }
  })

  it.each(packageNames)('of %s come with a licence, a floor for Node and no side effects', (name) => {
    const manifest = manifestOf(name)
    expect(manifest).toMatchObject({ license: 'MIT', sideEffects: false, engines: { node: '>=20.19.0' } })
  })
})
