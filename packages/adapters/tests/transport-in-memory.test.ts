import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { fileTransport } from '@mailwright/adapters/transport/file'
import { transportConformance } from '@mailwright/conformance'
import { describe, expect, it } from 'vitest'

const runner = { describe, it, expect }
const refuses = 'nobody@example.org'

describe('captureTransport', () => {
  transportConformance({
    runner,
    create: async () => {
      const transport = captureTransport({
        answer: (_, recipient) =>
          recipient === refuses
            ? { type: 'refused', reply: { code: 550, enhanced: '5.1.1', text: '5.1.1 no' } }
            : { type: 'accepted', remoteId: null, reply: null },
      })
      return { transport, received: async () => transport.messages, refuses }
    },
  })
})

describe('fileTransport', () => {
  transportConformance({
    runner,
    create: async () => {
      const dir = await mkdtemp(join(tmpdir(), 'mailwright-file-'))
      const received = async () => {
        const names = await readdir(dir)
        return Promise.all(names.map(async (name) => ({ envelope: null, content: await readFile(join(dir, name)) })))
      }
      return { transport: fileTransport(dir), received, dispose: () => rm(dir, { recursive: true }) }
    },
    skip: [{ id: 'transport/refusal-is-a-value', reason: 'a folder refuses nobody' }],
  })
})
