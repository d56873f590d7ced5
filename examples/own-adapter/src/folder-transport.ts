import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Transport } from '@mailwright/core'

/** A transport of one's own: each mail becomes a file and its envelope another. The port is one verb, and what it may answer is a value. */
export function folderTransport(dir: string): Transport {
  const running = new Set<Promise<unknown>>()
  let ready: Promise<unknown> | null = null

  async function write(id: string, envelope: unknown, content: Uint8Array, signal: AbortSignal): Promise<void> {
    ready ??= mkdir(dir, { recursive: true })
    await ready
    const name = join(dir, encodeURIComponent(id))
    await writeFile(`${name}.json`, JSON.stringify(envelope), { signal })
    await writeFile(`${name}.eml`, content, { signal })
  }

  return {
    name: 'folder',
    capabilities: {
      concurrency: 8,
      maxBytes: 2 ** 31,
      idempotent: true,
      smtpUtf8: true,
      sourceAddress: false,
      direct: false,
    },
    async send({ id, envelope, content }, signal) {
      const writing = write(id, envelope, content, signal)
      const watched = writing.catch(() => undefined)
      running.add(watched)
      try {
        await writing
        return { recipients: envelope.to.map(() => ({ type: 'accepted', remoteId: id, reply: null })) }
      } catch (error) {
        // Nothing has been taken: the service tries again later, by its own schedule.
        const cause = signal.aborted ? 'aborted' : String(error)
        return { recipients: envelope.to.map(() => ({ type: 'unreached', stage: 'connect', cause })) }
      } finally {
        running.delete(watched)
      }
    },
    async close() {
      await Promise.all(running)
    },
  }
}
