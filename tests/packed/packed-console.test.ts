import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EmptyFolder, installPacked } from './packed-packages.js'

/** What a newcomer writes after the README: a service, an application, the router with the console; then what a browser asks. */
const application = `
async function main({ createMailService, memoryStorage, captureTransport, mailRouter, express }) {
  const mail = await createMailService({
    storage: memoryStorage(), transport: captureTransport(), secret: 'a secret of the packed test', publicUrl: 'https://app.example/mail',
  })
  const app = express()
  app.use('/deep/mail', mailRouter(mail, { authorize: () => ({ account: 'default', role: 'admin' }), console: true }))
  const server = app.listen(0, '127.0.0.1', async () => {
    const base = 'http://127.0.0.1:' + server.address().port + '/deep/mail/console'
    const page = await fetch(base)
    const html = await page.text()
    const assets = [...html.matchAll(/(?:src|href)="(\\.\\/assets\\/[^"]+)"/g)].map((match) => new URL(match[1], page.url).href)
    const answers = await Promise.all(assets.map(async (url) => {
      const answer = await fetch(url)
      return [answer.status, answer.headers.get('content-type'), (await answer.arrayBuffer()).byteLength > 100]
    }))
    const caller = await (await fetch(new URL('../caller', page.url))).json()
    console.log(JSON.stringify({ path: new URL(page.url).pathname, answers, role: caller.role }))
    server.close()
    await mail.stop()
  })
}`

const modules = {
  createMailService: '@mailwright/core',
  memoryStorage: '@mailwright/adapters/storage/memory',
  captureTransport: '@mailwright/adapters/transport/capture',
  mailRouter: '@mailwright/express',
}

const sources = {
  'app.mjs': `${Object.entries(modules)
    .map(([name, from]) => `import { ${name} } from '${from}'`)
    .join('\n')}
import express from 'express'
${application}
main({ ${Object.keys(modules).join(', ')}, express })`,
  'app.cjs': `${Object.entries(modules)
    .map(([name, from]) => `const { ${name} } = require('${from}')`)
    .join('\n')}
const express = require('express')
${application}
main({ ${Object.keys(modules).join(', ')}, express })`,
}

describe('the packed console', () => {
  let folder: EmptyFolder | undefined
  beforeAll(() => {
    folder = installPacked(['core', 'adapters', 'console', 'http', 'express'], { peers: true })
  }, 300_000)
  afterAll(() => folder?.remove())

  it.each(['app.mjs', 'app.cjs'] as const)('HOST-2: is mounted by one option from %s', (file) => {
    const cwd = folder?.path ?? ''
    writeFileSync(join(cwd, file), sources[file])
    const { path, answers, role } = JSON.parse(execFileSync(process.execPath, [file], { cwd, encoding: 'utf8' })) as {
      readonly path: string
      readonly answers: readonly (readonly [number, string, boolean])[]
      readonly role: string
    }
    expect(path).toBe('/deep/mail/console/')
    expect(role).toBe('admin')
    expect(answers.map(([status]) => status)).toEqual(answers.map(() => 200))
    const types = answers.map(([, type]) => type.split(';')[0])
    for (const type of ['text/javascript', 'text/css', 'image/svg+xml']) expect(types).toContain(type)
    expect(answers.every(([, , sound]) => sound)).toBe(true)
  })
})
