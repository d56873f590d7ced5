import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileTransport } from './index.js'

const never = new AbortController().signal
const envelope = { from: 'bounce@mail.example', to: ['ann@example.org', 'bob@example.org'] }
const content = Buffer.from('Subject: Hello\r\n\r\nBody\r\n')
let dir = ''

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mailwright-file-'))
})
afterEach(() => rm(dir, { recursive: true }))

describe('fileTransport', () => {
  it('makes the folder and writes whole files only', async () => {
    const transport = fileTransport(join(dir, 'a/b'))
    const { recipients } = await transport.send({ id: 'm1', envelope, content, route: null }, never)
    expect(recipients.map(({ type }) => type)).toEqual(['accepted', 'accepted'])
    expect(await readdir(join(dir, 'a/b'))).toEqual(['m1.eml'])
    expect(await readFile(join(dir, 'a/b/m1.eml'))).toEqual(content)
  })

  it.each(['../m1', 'a/b', '.hidden', '', 'a\0b'])('refuses the id %j, which could leave the folder', async (id) => {
    await expect(fileTransport(dir).send({ id, envelope, content, route: null }, never)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    })
    expect(await readdir(dir)).toEqual([])
  })

  it('throws ADAPTER_FAILED when the folder cannot be made', async () => {
    await writeFile(join(dir, 'taken'), '')
    const transport = fileTransport(join(dir, 'taken'))
    await expect(transport.send({ id: 'm1', envelope, content, route: null }, never)).rejects.toMatchObject({
      code: 'ADAPTER_FAILED',
    })
  })

  it('writes nothing for an aborted signal', async () => {
    const { recipients } = await fileTransport(dir).send(
      { id: 'm1', envelope, content, route: null },
      AbortSignal.abort(),
    )
    expect(recipients[0]).toEqual({ type: 'unreached', stage: 'connect', cause: 'aborted' })
    expect(await readdir(dir)).toEqual([])
  })
})
