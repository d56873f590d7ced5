import { Readable } from 'node:stream'
import Busboy, { type BusboyFileStream } from '@fastify/busboy'
import { isMailError, MailError } from '@mailwright/core'

/** A form has a file and little else; what is more of it is passed over. */
const LIMITS = { files: 1, fields: 20, fieldSize: 1_024, parts: 25, headerPairs: 20 } as const

const noFile = () => new MailError('INPUT_INVALID', { field: 'body', expected: 'multipart/form-data with one file' })

/**
 * The first file of a form (RFC 7578), while it arrives. Nothing is read before somebody asks: a call that is refused for another reason leaves nothing running.
 * @throws INPUT_INVALID for what is no form, or one without a file or cut short
 */
export async function* fileOfForm(request: Request, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const parser = parserOf(request)
  const source = Readable.from(pieces)
  // The reason why the body broke off; the parser only knows that it did.
  let broken: unknown = null
  try {
    const file = await new Promise<BusboyFileStream>((resolve, reject) => {
      const fail = (error: unknown) => {
        broken ??= error
        reject(broken)
      }
      parser.on('file', (_, stream) => {
        // It may also break when nobody reads it just now, or any more: an error that nobody hears ends the process.
        stream.on('error', fail)
        // The parser would leave its reader waiting.
        source.on('error', (error) => stream.destroy(error))
        resolve(stream)
      })
      parser.on('finish', () => reject(noFile()))
      parser.on('error', fail)
      source.on('error', (error) => {
        fail(error)
        parser.destroy(error)
      })
      source.pipe(parser)
    })
    yield* file
  } catch (error) {
    throw reasonOf(broken ?? error)
  } finally {
    source.destroy()
    parser.destroy()
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
