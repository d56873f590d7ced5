import { createGzip } from 'node:zlib'
import type { RequestHandler } from 'express'

/**
 * Replaces what writes the answer by a compressing stream, as such middleware does, for clients that accept it. Like the well-known one it leaves alone
 * what must not be transformed.
 */
export const compressing: RequestHandler = (req, res, next) => {
  const accepts = /\bgzip\b/.test(req.get('accept-encoding') ?? '')
  const { write, end, writeHead } = res
  const raw = { write: write.bind(res), end: end.bind(res), writeHead: writeHead.bind(res) }
  let gzip: ReturnType<typeof createGzip> | null = null
  res.writeHead = ((...head: Parameters<typeof writeHead>) => {
    const may = !/no-transform/.test(String(res.getHeader('cache-control') ?? ''))
    if (accepts && may && req.method !== 'HEAD' && ![204, 304].includes(res.statusCode)) {
      res.removeHeader('content-length')
      res.setHeader('content-encoding', 'gzip')
      gzip = createGzip()
      gzip.on('data', (piece: Buffer) => raw.write(piece, () => undefined) || gzip?.pause())
      gzip.on('end', () => raw.end())
      res.on('drain', () => gzip?.resume())
    }
    return raw.writeHead(...head)
  }) as typeof writeHead
  res.write = ((piece: Buffer, ...rest: unknown[]) => {
    if (!res.headersSent) res.writeHead(res.statusCode)
    const written = gzip?.write(piece)
    if (written === false) gzip?.once('drain', () => res.emit('drain'))
    return written ?? (raw.write as (...given: unknown[]) => boolean)(piece, ...rest)
  }) as typeof write
  res.end = ((...last: unknown[]) => {
    if (!res.headersSent) res.writeHead(res.statusCode)
    if (gzip === null) return (raw.end as (...given: unknown[]) => typeof res)(...last)
    const [piece] = last
    if (typeof piece === 'string' || piece instanceof Uint8Array) gzip.end(piece)
    else gzip.end()
    return res
  }) as typeof end
  next()
}
