import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * Runs one of the programs that `tsup.config.ts` makes, in a process of its own; its last line is its figures as JSON. null: a server it needs is not
 * there, said aloud.
 */
export function inItsOwnProcess<Figures>(
  label: string,
  program: string,
  args: readonly string[],
): Promise<Figures | null> {
  return new Promise((resolve) => {
    const script = fileURLToPath(new URL(`../.tmp/bench/${program}.js`, import.meta.url))
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let errors = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.stderr.on('data', (chunk) => {
      errors += chunk
    })
    child.on('close', (code) => {
      if (code === 0) return resolve(JSON.parse(output.trim().split('\n').at(-1) ?? 'null'))
      console.error(`NOT MEASURED ${label}: ${errors.trim().split('\n').slice(-6).join(' | ')}`)
      resolve(null)
    })
  })
}
