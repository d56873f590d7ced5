import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { needs } from '../servers/needs.js'
import { openPage } from './a-browser.js'

const main = fileURLToPath(new URL('../../examples/batch-warm-up/src/main.ts', import.meta.url))

function aDemo(...flags: readonly string[]) {
  const dir = mkdtempSync(join(tmpdir(), 'mailwright-demo-'))
  const child = spawn(process.execPath, ['--import', 'tsx', main, `--dir=${dir}`, ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(async () => {
    if (child.exitCode === null) {
      child.kill('SIGKILL')
      await once(child, 'close')
    }
    rmSync(dir, { recursive: true, force: true })
  })
  return createInterface({ input: child.stdout })
}

needs('chromium')('the demo', () => {
  it('serves the console while it runs, and prints its address', async () => {
    let url: string | undefined
    for await (const line of aDemo()) {
      url = /^console +(http:\S+)/.exec(line)?.[1] ?? url
      if (url !== undefined && line.startsWith('plan')) break
    }
    const { page, troubles } = await openPage(new URL(url ?? '').origin)
    await page.goto(`${url}#/tasks`)
    await page.getByRole('table').getByRole('row').nth(1).waitFor()
    await page.goto(`${url}#/domains/mail.shop.example`)
    await page.getByText('Verified', { exact: true }).waitFor()
    expect(troubles).toEqual([])
    // A page of another site, whose name has been made to lead here, says that name as the host.
    const { hostname, port } = new URL(url ?? '')
    const asked = request({ hostname, port, path: '/mail/caller', headers: { host: 'evil.example' } }).end()
    const [answer] = await once(asked, 'response')
    expect((answer as IncomingMessage).statusCode).toBe(401)
  }, 120_000)

  it('serves nothing where it is asked not to', async () => {
    for await (const line of aDemo('--no-console')) {
      expect(line).not.toMatch(/^console/)
      if (line.startsWith('plan')) break
    }
  }, 120_000)
})
