import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folders = ['core', 'adapters', 'console', 'http', 'express', 'cli']

function newestIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((newest, entry) => {
    const path = join(folder, entry.name)
    return Math.max(newest, entry.isDirectory() ? newestIn(path) : statSync(path).mtimeMs)
  }, 0)
}

/** vitest's globalSetup: builds when a dist folder is missing or older than its sources, so that no test proves an old build. */
export function setup(): void {
  const stale = folders.some((folder) => {
    const dist = join(root, 'packages', folder, 'dist')
    return !existsSync(dist) || newestIn(dist) < newestIn(join(root, 'packages', folder, 'src'))
  })
  if (stale)
    execFileSync(
      process.execPath,
      [join(root, 'node_modules/tsx/dist/cli.mjs'), 'scripts/build-packages.ts', 'build', ...folders],
      { cwd: root },
    )
}
