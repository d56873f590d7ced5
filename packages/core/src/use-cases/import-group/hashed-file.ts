import { createHash } from 'node:crypto'
import { MailError } from '../../errors/mail-error.js'
import { type CsvInput, givenPieces } from './text-pieces.js'

/** A file that is known by its content once it has been read. */
export interface HashedFile {
  readonly pieces: AsyncIterable<Uint8Array | string>
  /** Of what has been read so far. Text counts as UTF-8. */
  digest(): string
  /** Reads what is left of it. @throws CSV_TOO_LARGE after `maxBytes` more */
  drain(maxBytes: number): Promise<void>
}

export function hashedFile(source: CsvInput): HashedFile {
  const hash = createHash('sha256')
  async function* read(): AsyncGenerator<Uint8Array | string> {
    for await (const piece of givenPieces(source)) {
      hash.update(piece)
      yield piece
    }
  }
  const pieces = read()
  return {
    pieces,
    digest: () => hash.copy().digest('base64url'),
    async drain(maxBytes) {
      let bytes = 0
      for await (const piece of pieces) {
        bytes += Buffer.byteLength(piece)
        if (bytes > maxBytes)
          throw new MailError('CSV_TOO_LARGE', { limit: maxBytes, unit: 'bytes', nearest: maxBytes })
      }
    },
  }
}
