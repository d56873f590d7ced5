import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Manifest {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** A folder outside the repository, with nothing in it but node_modules as after `npm install`. */
export interface EmptyFolder {
  readonly path: string
  remove(): void
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8')) as Manifest

/**
 * Packs the packages, unpacks the tarballs into the node_modules of an empty folder and links their dependencies, and if wanted their
 * optional peers, from the repository, so that the test needs no registry. Only what is in the tarballs is there. They were built by build-stale.ts.
 */
export function installPacked(folders: readonly string[], { peers }: { readonly peers: boolean }): EmptyFolder {
  const path = mkdtempSync(join(tmpdir(), 'mailwright-packed-'))
  const modules = join(path, 'node_modules')
  mkdirSync(join(modules, '@mailwright'), { recursive: true })
  for (const folder of folders) {
    const flags = ['pack', '--json', '--ignore-scripts', '--pack-destination', path]
    const [packed] = JSON.parse(
      execFileSync('npm', flags, {
        cwd: join(root, 'packages', folder),
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    ) as readonly { readonly filename: string }[]
    if (packed === undefined) throw new Error(`npm packed nothing for ${folder}`)
    execFileSync('tar', ['-xzf', join(path, packed.filename), '-C', path])
    cpSync(join(path, 'package'), join(modules, manifestOf(folder).name), { recursive: true })
    rmSync(join(path, 'package'), { recursive: true })
    rmSync(join(path, packed.filename))
    linkDependencies(folder, modules, peers)
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

function linkDependencies(folder: string, modules: string, peers: boolean): void {
  const { dependencies = {}, peerDependencies = {} } = manifestOf(folder)
  for (const name of Object.keys(peers ? { ...dependencies, ...peerDependencies } : dependencies)) {
    if (name.startsWith('@mailwright/') || existsSync(join(modules, name))) continue
    const own = join(root, 'packages', folder, 'node_modules', name)
    const target = existsSync(own) ? own : join(root, 'node_modules', name)
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    symlinkSync(target, join(modules, name))
  }
}
