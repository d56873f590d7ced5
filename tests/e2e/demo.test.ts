import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { runDemo } from '../../examples/batch-warm-up/src/demo.js'

const main = fileURLToPath(new URL('../../examples/batch-warm-up/src/main.ts', import.meta.url))
const folders: string[] = []
const aFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'mailwright-demo-'))
  folders.push(folder)
  return folder
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const start = (dir: string) =>
  spawn(process.execPath, ['--import', 'tsx', main, '--ci', `--dir=${dir}`], { stdio: ['ignore', 'pipe', 'pipe'] })
const ended = (child: ReturnType<typeof start>) =>
  new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
const storedIn = (dir: string) => {
  const file = join(dir, 'receiver', 'stored.log')
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0
}

describe('the demo', () => {
  it('TSK-6, TSK-7, TSK-8: hands over 1,000, 2,000, 5,000 and the rest, paused between them, and its books are those of the receiver', async () => {
    const result = await runDemo(aFolder(), { say: () => undefined, progress: () => undefined })
    expect(result.days.map(({ handedOver }) => handedOver)).toEqual([1_000, 2_000, 5_000, 1_995])
    expect(result.pauses.map(({ day }) => day)).toEqual(['2026-11-23', '2026-11-24', '2026-11-25'])
    expect(result.task).toMatchObject({
      state: 'done',
      requests: 10_000,
      sent: 9_995,
      delivered: 9_795,
      bounced: 200,
      blocked: 5,
      cached: 0,
    })
    expect(result.differences).toEqual([])
    expect(result.recount).toMatchObject({ stored: 9_795, doubled: 0 })
    expect(result.single).toEqual({ regular: 3, trigger: 1 })
  }, 300_000)

  it('REL-1, REL-3: killed twice in the middle and run again, it goes on where it was and nothing is lost', async () => {
    const dir = aFolder()
    for (const after of [300, 1_500]) {
      const child = start(dir)
      const death = ended(child)
      while (storedIn(dir) < after && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 50))
      child.kill('SIGKILL')
      await death
    }
    const before = storedIn(dir)
    expect(before).toBeLessThan(9_000)
    const last = start(dir)
    let output = ''
    last.stdout.on('data', (chunk) => {
      output += chunk
    })
    expect(await ended(last), output).toBe(0)
    expect(output).toContain('going on with')
    expect(output).not.toContain('DIFFERENCE')
    expect(Number(/received twice: (\d+)/.exec(output)?.[1])).toBeLessThanOrEqual(2 * 250)
  }, 400_000)
})
