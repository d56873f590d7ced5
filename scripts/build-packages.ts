/**
 * Runs an npm script (`build`, the default) of every package that is built, dependencies first; those of one level side by side.
 * Folder names after the script's name limit it to those packages.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

type Manifest = { name: string; scripts?: Record<string, string>; dependencies?: Record<string, string> }

const root = fileURLToPath(new URL('..', import.meta.url))
const only = process.argv.slice(3).filter((word) => !word.startsWith('--'))
const folders = readdirSync(`${root}packages`).filter((folder) => only.length === 0 || only.includes(folder))
const packages = folders.map((folder) => ({
  folder,
  manifest: JSON.parse(readFileSync(`${root}packages/${folder}/package.json`, 'utf8')) as Manifest,
}))
type Package = (typeof packages)[number]

function levels(): readonly (readonly Package[])[] {
  const result: Package[][] = []
  let waiting = packages.filter(({ manifest }) => manifest.scripts?.build !== undefined)
  while (waiting.length > 0) {
    const names = new Set(waiting.map(({ manifest }) => manifest.name))
    const ready = waiting.filter(({ manifest }) => !Object.keys(manifest.dependencies ?? {}).some((d) => names.has(d)))
    if (ready.length === 0) throw new Error(`The packages depend on one another in a circle: ${[...names].join(', ')}`)
    result.push(ready)
    waiting = waiting.filter((one) => !ready.includes(one))
  }
  return result
}

async function run(script: string, one: Package): Promise<void> {
  const child = spawn('npm', ['run', '--silent', script], {
    cwd: `${root}packages/${one.folder}`,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk))
  const [code] = (await once(child, 'close')) as [number | null]
  const failed = code !== 0
  console.log(`${failed ? 'FAILED' : 'ok    '} ${script} ${one.manifest.name}`)
  if (failed || process.argv.includes('--verbose')) console.log(Buffer.concat(output).toString())
  if (failed) process.exitCode = 1
}

const script = process.argv[2] ?? 'build'
for (const level of levels()) {
  await Promise.all(level.map((one) => run(script, one)))
  if (process.exitCode === 1) break
}
