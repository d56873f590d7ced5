import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MailError, type Transport } from '@mailwright/core'

/** Message ids are UUIDs; anything that could leave the folder or hide in it is refused. */
const SAFE_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/

/**
 * Writes each mail to `<dir>/<id>.eml` instead of sending it. A file appears whole or not at all; a repeated id replaces its file.
 * The envelope is not written. Throws INPUT_INVALID for an id that is no file name, ADAPTER_FAILED when the folder cannot be written.
 */
export const fileTransport = (dir: string): Transport => {
  const running = new Set<Promise<unknown>>()
  let made: Promise<unknown> | undefined
  let serial = 0

  const write = async (id: string, content: Uint8Array, signal: AbortSignal): Promise<void> => {
    made ??= mkdir(dir, { recursive: true })
    await made
    serial += 1
    const partial = join(dir, `.${id}.${process.pid}.${serial}.partial`)
    try {
      await writeFile(partial, content, { signal })
      await rename(partial, join(dir, `${id}.eml`))
    } catch (cause) {
      await rm(partial, { force: true })
      throw cause
    }
  }

  return {
    name: 'file',
    capabilities: {
      concurrency: 16,
      maxBytes: 2 ** 31,
      idempotent: true,
      smtpUtf8: true,
      sourceAddress: false,
      direct: false,
    },
    async send({ id, envelope, content }, signal) {
      if (!SAFE_ID.test(id)) throw new MailError('INPUT_INVALID', { field: 'id', expected: 'letters, digits, . _ -' })
      const writing = write(id, content, signal)
      const watched = writing.catch(() => undefined)
      running.add(watched)
      try {
        await writing
        return { recipients: envelope.to.map(() => ({ type: 'accepted', remoteId: null, reply: null })) }
      } catch (cause) {
        if (signal.aborted) {
          return { recipients: envelope.to.map(() => ({ type: 'unreached', stage: 'connect', cause: 'aborted' })) }
        }
        made = undefined
        throw new MailError('ADAPTER_FAILED', { transport: 'file' }, { cause })
      } finally {
        running.delete(watched)
      }
    },
    async close() {
      await Promise.all(running)
    },
  }
}
