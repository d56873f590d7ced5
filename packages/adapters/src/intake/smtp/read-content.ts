import type { SMTPServerDataStream } from 'smtp-server'

/** The whole mail, or null if it is longer than it may be; then the rest is read and thrown away, as the protocol wants. Rejects if the client goes. */
export function readContent(stream: SMTPServerDataStream, maxBytes: number): Promise<Uint8Array | null> {
  return new Promise((resolve, reject) => {
    let chunks: Uint8Array[] = []
    let length = 0
    stream.on('data', (chunk: Uint8Array) => {
      length += chunk.byteLength
      if (length <= maxBytes) chunks.push(chunk)
      else chunks = []
    })
    stream.on('end', () => resolve(length > maxBytes ? null : Buffer.concat(chunks)))
    stream.on('error', reject)
    stream.on('close', () => reject(new Error('the client has gone')))
  })
}
