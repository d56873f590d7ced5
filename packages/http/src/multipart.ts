import { Readable } from 'node:stream'
import Busboy, { type BusboyFileStream } from '@fastify/busboy'
import { isMailError, MailError } from '@mailwright/core'

/** A form has a file and little else; what is more of it is passed over. */
const LIMITS = { files: 1, fields: 20, fieldSize: 1_024, parts: 25, headerPairs: 20 } as const

const noFile = () => new MailError('INPUT_INVALID', { field: 'body', expected: 'multipart/form-data with one file' })

/**
 * The first file of a form (RFC 7578), while it arrives.
 * @throws INPUT_INVALID for what is no form, or one without a file or cut short
 */
export async function fileOfForm(
  request: Request,
  pieces: AsyncIterable<Uint8Array>,
): Promise<AsyncIterable<Uint8Array>> {
  const parser = parserOf(request)
  const source = Readable.from(pieces)
  // The reason why the body broke off; the parser only knows that it did.
  let broken: unknown = null
  const file = await new Promise<BusboyFileStream>((resolve, reject) => {
    const fail = (error: unknown) => {
      broken ??= error
      reject(reasonOf(broken))
    }
    parser.on('file', (_, stream) => resolve(stream))
    parser.on('finish', () => reject(noFile()))
    parser.on('error', fail)
    source.on('error', (error) => {
      fail(error)
      parser.destroy(error)
    })
    source.pipe(parser)
  })
  return contentOf(file, source, () => broken)
}

async function* contentOf(file: BusboyFileStream, source: Readable, broken: () => unknown): AsyncGenerator<Uint8Array> {
  try {
    yield* file
  } catch (error) {
    throw reasonOf(broken() ?? error)
  } finally {
    source.destroy()
  }
}

const reasonOf = (error: unknown): unknown => (isMailError(error) ? error : noFile())

function parserOf(request: Request) {
  try {
    return new Busboy({ headers: { 'content-type': request.headers.get('content-type') ?? '' }, limits: LIMITS })
  } catch {
    // Without a boundary.
    throw noFile()
  }
}
