import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adapterFolders } from '../../packages/adapters/adapter-folders.js'
import { type EmptyFolder, installPacked } from './packed-packages.js'

const readme = new URL('../../README.md', import.meta.url)

/** The first code block of the README that makes a mail service: the ten lines. */
function tenLines(): string {
  const blocks = [...readFileSync(readme, 'utf8').matchAll(/^```(?:ts|js)\n([\s\S]*?)^```$/gm)].map(
    (match) => match[1] ?? '',
  )
  const found = blocks.find((block) => block.includes('createMailService('))
  if (found === undefined) throw new Error('The README has no code block with createMailService(')
  return found
}

/** A receiver on loopback that keeps the recipients of what arrives. */
async function receiver() {
  const recipients: string[] = []
  let arrived = () => {}
  const first = new Promise<void>((resolve) => {
    arrived = resolve
  })
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      stream.resume().on('end', () => {
        recipients.push(...session.envelope.rcptTo.map(({ address }) => address))
        done()
        arrived()
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('The receiver has no port.')
  return { url: `smtp://127.0.0.1:${address.port}`, recipients, first, close: () => server.close() }
}

describe('the packed packages', () => {
  let folder: EmptyFolder | undefined
  const at = () => {
    if (folder === undefined) throw new Error('The packages were not packed.')
    return folder.path
  }
  beforeAll(() => {
    folder = installPacked(['core', 'adapters'], { peers: true })
  }, 300_000)
  afterAll(() => folder?.remove())

  const specifiers = ['@mailwright/core', ...adapterFolders().map((path) => `@mailwright/adapters/${path}`)]

  const list = JSON.stringify(specifiers)
  const report = 'console.log(JSON.stringify(names))'
  const sources = {
    'all.mjs': `const names = {}; for (const one of ${list}) names[one] = Object.keys(await import(one)).sort(); ${report}`,
    'all.cjs': `const names = {}; for (const one of ${list}) names[one] = Object.keys(require(one)).sort(); ${report}`,
  }
  const loaded = (folder: string, file: keyof typeof sources) => {
    writeFileSync(join(folder, file), sources[file])
    const output = execFileSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' })
    return JSON.parse(output) as Readonly<Record<string, readonly string[]>>
  }

  it('HOST-2: load from ESM and from CommonJS, every export path', () => {
    const esm = loaded(at(), 'all.mjs')
    expect(loaded(at(), 'all.cjs')).toEqual(esm)
    for (const one of specifiers) expect(esm[one], one).not.toEqual([])
  }, 60_000)

  it('HOST-2: load without any optional peer; only using one needs it', () => {
    const bare = installPacked(['core', 'adapters'], { peers: false })
    try {
      expect(loaded(bare.path, 'all.mjs')).toEqual(loaded(at(), 'all.mjs'))
    } finally {
      bare.remove()
    }
  }, 60_000)

  it('HOST-2: PGlite has a thread of its own from ESM and from CommonJS, which keeps no process alive', () => {
    const used = `const workers = []
      process.on('worker', (worker) => workers.push(worker))
      process.on('warning', (warning) => workers.push(String(warning)))
      const main = async () => {
        const storage = pglite('memory://')
        await storage.migrate()
        console.log(JSON.stringify([await storage.time() > 0, workers.length]))
      }
      main()`
    const from = '@mailwright/adapters/storage/postgres'
    writeFileSync(join(at(), 'thread.mjs'), `import { pglite } from '${from}'\n${used}`)
    writeFileSync(join(at(), 'thread.cjs'), `const { pglite } = require('${from}')\n${used}`)
    for (const file of ['thread.mjs', 'thread.cjs'])
      expect(execFileSync(process.execPath, [file], { cwd: at(), encoding: 'utf8' })).toBe('[true,1]\n')
  }, 120_000)

  it("HOST-1: the README's ten lines run as they stand, in an empty folder, and their mail arrives", async () => {
    const smtp = await receiver()
    writeFileSync(join(at(), 'ten-lines.mjs'), tenLines())
    const env = { ...process.env, SMTP_URL: smtp.url, MAIL_SECRET: 'a secret of the ten lines test' }
    const child = spawn(process.execPath, ['ten-lines.mjs'], { cwd: at(), env, stdio: ['ignore', 'ignore', 'pipe'] })
    let errors = ''
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString()
    })
    const exited = once(child, 'exit').then(([code]) => `exited with ${String(code)}: ${errors}`)
    const outcome = await Promise.race([smtp.first.then(() => 'arrived'), exited])
    child.kill('SIGKILL')
    await exited
    smtp.close()
    expect(outcome).toBe('arrived')
    expect(smtp.recipients).toEqual(['ann@example.org'])
  }, 60_000)
})
