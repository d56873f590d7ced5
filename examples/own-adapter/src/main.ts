/**
 * An adapter of one's own, proven by the suite that proves ours, and then used. In a project the suite runs under vitest or jest:
 * `transportConformance({ runner: { describe, it, expect }, create })` is the whole test file.
 */
import { deepStrictEqual } from 'node:assert'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { recordingRunner, transportConformance } from '@mailwright/conformance'
import { createMailService } from '@mailwright/core'
import { folderTransport } from './folder-transport.js'

const newFolder = () => mkdtemp(join(tmpdir(), 'mailwright-own-adapter-'))

/** What stands in the folder, as the suite wants to see it. */
async function received(dir: string) {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.eml'))
  return Promise.all(
    names.map(async (name) => ({
      content: await readFile(join(dir, name)),
      envelope: JSON.parse(await readFile(join(dir, name.replace(/eml$/, 'json')), 'utf8')) as {
        from: string
        to: string[]
      },
    })),
  )
}

const { runner, run } = recordingRunner()
transportConformance({
  runner,
  async create() {
    const dir = await newFolder()
    return {
      transport: folderTransport(dir),
      received: () => received(dir),
      dispose: () => rm(dir, { recursive: true }),
    }
  },
  skip: [{ id: 'transport/refusal-is-a-value', reason: 'a folder refuses nobody' }],
})
const results = await run()
for (const { title, error } of results) console.log(error === null ? 'ok    ' : 'FAILED', title, error?.message ?? '')
deepStrictEqual(
  results.filter(({ error }) => error !== null).map(({ title }) => title),
  [],
)

const dir = await newFolder()
const mail = await createMailService({
  storage: memoryStorage(),
  transport: folderTransport(dir),
  secret: 'only good enough for an example',
})
await mail.ensure({
  domains: [{ name: 'mail.shop.example', trust: 'operator' }],
  senders: [{ address: 'hello@mail.shop.example', name: 'Shop' }],
})
await mail.send({ from: 'hello@mail.shop.example', to: 'ann@example.org', subject: 'Hello', text: 'From a folder.' })
await mail.tick()
const arrived = await received(dir)
console.log(
  '\nin the folder:',
  arrived.map(({ envelope }) => envelope),
)
deepStrictEqual(
  arrived.map(({ envelope }) => envelope.to),
  [['ann@example.org']],
)
await mail.stop()
await rm(dir, { recursive: true })
