import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EmptyFolder, installPacked } from './packed-packages.js'

describe('the packed command line', () => {
  let folder: EmptyFolder | undefined
  const at = () => {
    if (folder === undefined) throw new Error('The packages were not packed.')
    return folder.path
  }
  /** As npm's link in node_modules/.bin does: the file itself, by its first line. */
  const ran = (args: readonly string[]) => {
    const bin = join(at(), 'node_modules/@mailwright/cli/dist/main.js')
    chmodSync(bin, 0o755)
    const env = {
      ...{ PATH: process.env.PATH ?? '', DATABASE_URL: 'pglite:data' },
      ...{ MAIL_SECRET: 'a secret of the packed test', SMTP_URL: 'smtp://127.0.0.1:2' },
    }
    const { status, stdout, stderr } = spawnSync(bin, [...args], { cwd: at(), env, encoding: 'utf8' })
    return { status, stdout, stderr }
  }

  beforeAll(() => {
    folder = installPacked(['core', 'adapters', 'console', 'http', 'cli'], { peers: false })
  }, 300_000)
  afterAll(() => folder?.remove())

  it('HOST-2: says its version, migrates, and finds nothing wrong, without anything installed beside it', {
    timeout: 300_000,
  }, () => {
    expect(ran(['--version'])).toEqual({ status: 0, stdout: '0.1.0\n', stderr: '' })
    expect(ran(['migrate'])).toMatchObject({ status: 0, stdout: expect.stringContaining('1 tables'), stderr: '' })
    expect(ran(['doctor'])).toMatchObject({ status: 0, stdout: expect.stringContaining('NO_PUBLIC_URL'), stderr: '' })
    expect(ran(['serve'])).toMatchObject({ status: 2, stderr: expect.stringContaining('nobody could sign in') })
  })

  it.each([
    ['run.mjs', `import { run } from '@mailwright/cli'`],
    ['run.cjs', `const { run } = require('@mailwright/cli')`],
  ])('HOST-2: is called as a function from %s', (file, taken) => {
    const io = `{ env: {}, cwd: '.', stdin: [], out: console.log, err: console.error, onSignal: () => () => {} }`
    writeFileSync(join(at(), file), `${taken}\nrun(['--version'], ${io}).then((code) => console.log('code', code))`)
    expect(execFileSync(process.execPath, [file], { cwd: at(), encoding: 'utf8' })).toBe('0.1.0\ncode 0\n')
  })
})
